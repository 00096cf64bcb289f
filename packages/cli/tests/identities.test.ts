import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import type { StartedForum } from '@valetkey/forum';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createHome, type Home } from './run-command.ts';
import { findSecretServices } from './secret-service.ts';
import { approve, startTestForum } from './test-forum.ts';

let started: StartedForum;
let home: Home;
beforeAll(async () => {
  started = await startTestForum();
});
afterAll(() => started.close());
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

/** Logs in by copy and paste; `username` approves. */
const loginAs = (username: string, args: readonly string[] = [], env = {}) =>
  home.run(['login', started.url, '--paste', ...args], {
    env,
    onUrl: async (url) => `${await approve(username, url)}
`,
  });
const stateOf = async (key: string) => {
  const answer = await fetch(`${started.url}/user-api-key/current.json`, {
    headers: { 'User-Api-Key': key },
  });
  return ((await answer.json()) as { code?: string }).code ?? 'live';
};
const keysInFile = (): { key: string; username: string }[] =>
  JSON.parse(readFileSync(home.keyFile, 'utf8')).keys;

test('identities: two users of one site are selected by user name', async () => {
  expect((await loginAs('alice')).stdout).toBe(`You are alice on ${started.url}.\n`);
  expect((await loginAs('bob')).stdout).toBe(`You are bob on ${started.url}.\n`);
  for (const name of ['alice', 'bob'])
    expect((await home.run(['whoami', '--as', name])).stdout).toBe(`${name} on ${started.url}\n`);
  const unclear = await home.run(['request', 'GET', '/latest.json']);
  expect(unclear).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('alice, bob') });
  const ended = await home.run(['logout', '--as', 'alice']);
  expect(ended.stdout).toBe(`The key of alice on ${started.url} was revoked and removed.\n`);
  expect((await home.run(['whoami'])).stdout).toBe(`bob on ${started.url}\n`);
});

test('identities: two names of one user have two independent keys', async () => {
  await loginAs('alice', ['--as', 'reader']);
  const ended = await loginAs('alice', ['--as', 'writer', '--scopes', 'read,write', '--json']);
  const [opened = '', loggedIn = ''] = ended.stdout.split('\n');
  expect(JSON.parse(opened)).toEqual({ event: 'open', url: expect.stringContaining('/user-api-key/new?') });
  expect(JSON.parse(loggedIn)).toEqual({
    event: 'logged_in',
    site: started.url,
    identity: 'writer',
    username: 'alice',
    client_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    scopes: ['read', 'write'],
    expires_at: null,
    kept_in: 'file',
  });
  expect(await Promise.all(keysInFile().map(({ key }) => stateOf(key)))).toEqual(['live', 'live']);
  const listed = await home.run(['list']);
  expect(listed.stdout).toContain('reader (alice)');
  expect(JSON.parse((await home.run(['list', '--json'])).stdout)).toMatchObject([
    { identity: 'reader', kept_in: 'file' },
    { identity: 'writer', kept_in: 'file' },
  ]);

  const [reader] = keysInFile();
  await loginAs('alice', ['--as', 'reader']);
  expect(await stateOf(reader?.key ?? '')).toBe('key_revoked');
  expect((await home.run(['list'])).stdout.split('\n')).toHaveLength(3);
});

/** A keychain that accepts requests and never responds. */
async function startSilentKeychain() {
  const address = join(dirname(dirname(home.keyFile)), 'bus');
  const server = createServer().listen(address);
  await once(server, 'listening');
  return { env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${address}` }, stop: () => void server.close() };
}

describe('key storage', () => {
  test('uses the file without a keychain, and says so', async () => {
    const ended = await loginAs('alice');
    expect(ended.stderr).toContain(`The key is stored in ${home.keyFile}, readable by you alone`);
    expect(keysInFile()).toMatchObject([{ key: expect.stringMatching(/^[0-9a-f]{32}$/) }]);
  });

  test.each(['', ', and after a Ctrl-C too'])('revokes a key that cannot be stored%s', async (also) => {
    const before = (await started.forum.valetkey.keysOf('3')).length;
    const keychain = await startSilentKeychain();
    onTestFinished(() => keychain.stop());
    const ended = await home.run(['login', started.url, '--paste', '--client-id', 'unlucky'], {
      env: also ? keychain.env : {},
      interruptOn: 'Waiting for the system keychain …',
      onUrl: async (url) => {
        mkdirSync(dirname(home.keyFile), { recursive: true });
        writeFileSync(`${home.keyFile}.lock`, `${process.pid} ${hostname()}`);
        return `${await approve('alice', url)}\n`;
      },
    });
    expect(ended).toMatchObject({ exitCode: also ? 130 : 5, stdout: '' });
    expect(ended.stderr).toContain(also ? 'Waiting for the system keychain' : '.lock');
    expect((await started.forum.valetkey.keysOf('3')).length).toBe(before);
  });

  test.each([
    ['Ctrl-C', 'SIGINT'],
    ['a kill', 'SIGTERM'],
    ['a terminal that is closed', 'SIGHUP'],
  ] as const)(
    'reports that it waits for a keychain, and stores the key in the file after %s',
    async (_case, interruptBy) => {
      const silent = await startSilentKeychain();
      try {
        const ended = await home.run(['login', started.url, '--paste'], {
          env: silent.env,
          onUrl: async (url) => `${await approve('alice', url)}\n`,
          interruptOn: 'Waiting for the system keychain …',
          interruptBy,
        });
        expect(ended).toMatchObject({ exitCode: 130, stdout: '' });
        expect(ended.stderr).toContain(`The key is stored in ${home.keyFile}`);
        const [kept] = keysInFile();
        expect(await stateOf(kept?.key ?? '')).toBe('live');
        expect(await home.run(['whoami'])).toMatchObject({
          exitCode: 0,
          stdout: `alice on ${started.url}\n`,
        });
      } finally {
        silent.stop();
      }
    },
  );

  test.each(findSecretServices())('uses the keychain with %s', async (_name, startService) => {
    const service = await startService();
    const run = (args: readonly string[]) => home.run(args, { env: service.env });
    try {
      const ended = await loginAs('alice', [], service.env);
      expect(ended.stderr).toContain('The key is stored in the system keychain.');
      expect(keysInFile()).toMatchObject([{ key: null, username: 'alice' }]);
      expect((await run(['whoami'])).stdout).toBe(`alice on ${started.url}\n`);
      const { stdout: key } = await run(['token']);
      expect(await stateOf(key.trim())).toBe('live');
      expect(await home.run(['token'])).toMatchObject({ exitCode: 5, stdout: '' });
      expect((await run(['logout'])).exitCode).toBe(0);
      expect(await stateOf(key.trim())).toBe('key_revoked');
    } finally {
      service.stop();
    }
  });
});
