#!/usr/bin/env node
import { parseArgs } from 'node:util';
import type { JobFailure, PushFailure } from '@valetkey/server';
import { DEMO_PASSWORD, demoUsers } from './data/seed-content.ts';
import { needNode24 } from './need-node-24.ts';

needNode24('valetkey-forum');
const { startForum } = await import('./start-forum.ts');

const USAGE = `A small forum that hands out user API keys.

  npm start -- [--port N] [--host H] [--data DIR]

  --port N    port to listen on; 0 picks a free one (4800)
  --host H    address to listen on, this computer's only (127.0.0.1)
  --data DIR  where topics and keys are kept between runs (./data)
  --access-log
              a line for each request on standard output: method, path without
              query and secrets, status, time
  --dangerously-push-to-private-addresses
              push notifications to http and to this computer and its network
              too, to try out a receiver
  --help      this text`;

interface Arguments {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly isLoggingAccess: boolean;
  readonly pushesToPrivateAddresses: boolean;
}

function readArguments(): Arguments | 'help' {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4800' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string', default: './data' },
      'access-log': { type: 'boolean', default: false },
      'dangerously-push-to-private-addresses': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
  if (!(port <= 65_535)) throw new Error('--port takes a number from 0 to 65535.');
  const pushesToPrivateAddresses = values['dangerously-push-to-private-addresses'];
  return {
    port,
    host: values.host,
    dataDir: values.data,
    isLoggingAccess: values['access-log'],
    pushesToPrivateAddresses,
  };
}

function reportPush({ host, problem, status, willRetry }: PushFailure): void {
  const reason = status === null ? problem : `${problem} ${status}`;
  console.error(
    `A push${host ? ` to ${host}` : ''} failed: ${reason}; ${willRetry ? 'it is tried again' : 'it is lost'}.`,
  );
}

function reportJob({ job, reason }: JobFailure): void {
  console.error(`The job ${job} failed: ${reason}; it is tried again.`);
}

function complain(error: unknown, exitCode: number): never {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(exitCode);
}

function tryArguments(): Arguments | 'help' {
  try {
    return readArguments();
  } catch (error) {
    console.error(USAGE, '\n');
    return complain(error, 2);
  }
}

const options = tryArguments();
if (options === 'help') {
  console.log(USAGE);
  process.exit(0);
}

const { isLoggingAccess, pushesToPrivateAddresses, ...listening } = options;
const push = { dangerouslyAllowPrivateAddresses: pushesToPrivateAddresses, onFailure: reportPush };
const accessLog = isLoggingAccess ? (line: string) => console.log(line) : undefined;
const started = await startForum({ ...listening, push, onJobFailure: reportJob, accessLog }).catch(
  (error: unknown) => complain(error, 1),
);
// Before the line that others wait for: whoever has read it may end us at once.
async function stop(): Promise<void> {
  await started.close();
  process.exit(0);
}
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

const roles = {
  admin: 'admin',
  mona: 'moderator',
  alice: 'trust level 2',
  bob: 'trust level 0',
  sam: 'suspended',
};
console.log(`Plum Forum, with keys to hand out.

  Accounts   ${inLines(demoUsers.map(({ username }) => `${username} (${roles[username]})`))}
  Password   ${DEMO_PASSWORD}, for each of them
  Data       ${options.dataDir}

  Try next   npm run demo
               the whole journey of a key, in a few seconds
             npx valetkey login ${started.url}
               get a key for yourself, as alice
`);
console.log(`listening on ${started.url}`);

/** Three on a line, so that a terminal of eighty columns breaks none of them. */
function inLines(accounts: readonly string[]): string {
  return `${accounts.slice(0, 3).join(', ')},\n             ${accounts.slice(3).join(', ')}`;
}
