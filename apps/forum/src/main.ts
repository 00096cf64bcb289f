#!/usr/bin/env node
import { parseArgs } from 'node:util';
import type { JobFailure, PushFailure } from '@valetkey/server';
import { DEMO_PASSWORD, demoUsers } from './data/seed-content.ts';
import { needNode } from './need-node.ts';

needNode('valetkey-forum');
const { startForum } = await import('./start-forum.ts');

const USAGE = `A small forum that issues user API keys.

  npm start -- [--port N] [--host H] [--data DIR]

  --port N    port to listen on; 0 picks a free port (default: 4800)
  --host H    loopback host to listen on (default: 127.0.0.1)
  --data DIR  folder of topics and keys (default: ./data)
  --access-log
              print a line for each request: method, path without query and
              secrets, status, duration
  --dangerously-push-to-private-addresses
              also push notifications over http and to private IP addresses, to
              test a receiver
  --help      show this text`;

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
  if (!(port <= 65_535)) throw new Error('--port must be a number from 0 to 65535.');
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
    `A push${host ? ` to ${host}` : ''} failed: ${reason}; ${willRetry ? 'it will be retried' : 'it is dropped'}.`,
  );
}

function reportJob({ job, reason }: JobFailure): void {
  console.error(`The job ${job} failed: ${reason}; it will be retried.`);
}

function exitWith(error: unknown, exitCode: number): never {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(exitCode);
}

function tryArguments(): Arguments | 'help' {
  try {
    return readArguments();
  } catch (error) {
    console.error(USAGE, '\n');
    return exitWith(error, 2);
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
// The loopback redirects let `valetkey login` receive the key without copying. Only programs on this computer can listen there.
const initialSettings = {
  allowed_user_api_auth_redirects:
    'discourse://auth_redirect|http://127.0.0.1/*|http://localhost/*|http://[::1]/*',
};
const started = await startForum({
  ...listening,
  initialSettings,
  push,
  onJobFailure: reportJob,
  accessLog,
}).catch((error: unknown) => exitWith(error, 1));
// Registered before the last line is printed, because a program that waits for that line may send SIGTERM at once.
let isStopping = false;
async function stop(): Promise<void> {
  // Ctrl-C sends the signal to this process and to npm, which passes it on: the second one must not cut requests off.
  if (isStopping) return;
  isStopping = true;
  await started.close();
  process.exit(0);
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

const roles = {
  admin: 'admin',
  mona: 'moderator',
  alice: 'trust level 2',
  bob: 'trust level 0',
  sam: 'suspended',
};
console.log(`Plum Forum, a demo of user API keys.

  Accounts   ${inLines(demoUsers.map(({ username }) => `${username} (${roles[username]})`))}
  Password   ${DEMO_PASSWORD} (all accounts)
  Data       ${options.dataDir}

  Try next   npm run demo
               shows the life of a key in a few seconds
             npx valetkey login ${started.url}
               get a key for yourself, as alice
`);
console.log(`listening on ${started.url}`);

/** Breaks after three accounts, to fit eighty columns. */
function inLines(accounts: readonly string[]): string {
  return `${accounts.slice(0, 3).join(', ')},\n             ${accounts.slice(3).join(', ')}`;
}
