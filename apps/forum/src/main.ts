#!/usr/bin/env node
import { ValetkeyError } from '@valetkey/protocol';
import type { JobFailure, PushFailure } from '@valetkey/server';
import { DEMO_PASSWORD, demoUsers } from './data/seed-content.ts';
import type { MailFailure } from './mail/mail-queue.ts';
import { needNode } from './need-node.ts';

needNode('valetkey-forum');
const { startForum } = await import('./start-forum.ts');
const { readArguments, USAGE } = await import('./read-arguments.ts');

function reportPush({ host, problem, status, willRetry }: PushFailure): void {
  const reason = status === null ? problem : `${problem} ${status}`;
  console.error(
    `A push${host ? ` to ${host}` : ''} failed: ${reason}; ${willRetry ? 'it will be retried' : 'it is dropped'}.`,
  );
}

function reportJob({ job, reason }: JobFailure): void {
  console.error(`The job ${job} failed: ${reason}; it will be retried.`);
}

function reportMail({ reason, willRetry }: MailFailure): void {
  console.error(`A mail was not sent: ${reason}; ${willRetry ? 'it will be retried' : 'it is dropped'}.`);
}

function exitWith(error: unknown, exitCode: number): never {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(exitCode);
}

function tryArguments() {
  try {
    return readArguments(process.argv.slice(2));
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

const { isLoggingAccess, pushesToPrivateAddresses, mail, ...listening } = options;
const push = { dangerouslyAllowPrivateAddresses: pushesToPrivateAddresses, onFailure: reportPush };
const accessLog = isLoggingAccess ? (entry: object) => console.log(JSON.stringify(entry)) : undefined;
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
  mail: mail && { ...mail, onFailure: reportMail },
}).catch((error: unknown) => exitWith(explain(error), 1));
// Registered before the last line is printed, because a program that waits for that line may send SIGTERM at once.
let isStopping = false;
async function stop(): Promise<void> {
  // Ctrl-C sends the signal to this process and to npm, which passes it on: the second one must not cut requests off.
  if (isStopping) return;
  isStopping = true;
  // The last uses of keys cannot be stored if the database fails meanwhile.
  await started.close().catch((error: unknown) => exitWith(explain(error), 1));
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
  Data       ${describeData()}

  Try next   npm run demo
               shows the life of a key in a few seconds
             npx valetkey login ${options.baseUrl ?? started.url}
               get a key for yourself, as alice
`);
if (started.monitorUrl) console.log(`health and metrics on ${started.monitorUrl}`);
console.log(`listening on ${started.url}`);

/** Breaks after three accounts, to fit eighty columns. */
function inLines(accounts: readonly string[]): string {
  return `${accounts.slice(0, 3).join(', ')},\n             ${accounts.slice(3).join(', ')}`;
}

/** Names the server without user and password. */
function describeData(): string {
  const { databaseUrl, dataDir } = options as Exclude<typeof options, 'help'>;
  return databaseUrl === undefined ? dataDir : `PostgreSQL at ${new URL(databaseUrl).host}`;
}

/** The reason of PostgreSQL is the cause. It contains no password. */
function explain(error: unknown): unknown {
  if (!(error instanceof ValetkeyError) || error.code !== 'store_unavailable') return error;
  const reason = error.cause instanceof Error ? error.cause.message : 'it does not answer';
  return new Error(`The database of --database-url cannot be used: ${reason}`);
}
