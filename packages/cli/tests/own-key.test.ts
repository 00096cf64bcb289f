import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listen } from './listen.ts';
import { createHome, type Home } from './run-command.ts';

const KEY = 'ab'.repeat(16);
const STORED_KEY = 'cd'.repeat(16);
let home: Home;
let server: Server;
let site: string;
let keys: Record<string, { scopes: string[]; user: string }>;
let seen: { url: string | undefined; key: unknown; clientId: unknown }[];

/** A site that knows some keys. Its topics are not sites. */
beforeEach(async () => {
  home = createHome();
  keys = { [KEY]: { scopes: ['read'], user: 'alice' } };
  seen = [];
  server = createServer(({ url, method, headers }, response) => {
    const { 'user-api-key': key, 'user-api-client-id': clientId } = headers;
    if (key !== undefined) seen.push({ url, key, clientId });
    if (method === 'HEAD')
      return void response
        .writeHead(url === '/user-api-key/new' ? 200 : 404, { 'auth-api-version': '4' })
        .end();
    const known = keys[String(key)];
    const reply = (status: number, body: unknown) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url === '/user-api-key/new.json?scopes=x') return reply(200, {});
    if (!known)
      return reply(403, {
        errors: ['This key was revoked.'],
        error_type: 'invalid_access',
        code: 'key_revoked',
      });
    if (url === '/user-api-key/revoke') return reply(200, { success: 'OK' });
    if (url === '/user-api-key/current.json')
      return reply(200, { scopes: known.scopes, user: { id: 1, username: known.user } });
    reply(200, { current_user: { id: 1, username: known.user } });
  });
  site = await listen(server);
});
afterEach(() => {
  server.close();
  home.remove();
});

function store(entries: Record<string, unknown>[]): void {
  mkdirSync(dirname(home.keyFile), { recursive: true });
  const stored = entries.map((entry) => ({ clientId: 'c', scopes: ['read'], expiresAt: null, ...entry }));
  writeFileSync(home.keyFile, JSON.stringify({ clientId: 'c', keys: stored }), { mode: 0o600 });
}
const storedKeys = () => JSON.parse(readFileSync(home.keyFile, 'utf8')).keys;

describe('VALETKEY_SITE and VALETKEY_KEY', () => {
  const env = () => ({ VALETKEY_SITE: site, VALETKEY_KEY: `${KEY}\n` });

  test.each([
    ['whoami', ['whoami'], 'alice on'],
    ['request', ['request', 'GET', '/x'], 'alice'],
    ['scopes', ['scopes'], '* read'],
    ['token', ['token'], KEY],
    ['list', ['list'], 'in the environment'],
    ['logout', ['logout'], 'revoked'],
    ['doctor', ['doctor', '--json', 'SITE'], '"key_works"'],
    ['doctor, for its site', ['doctor', '--json'], '"key_works"'],
  ])('are used by %s without a login', async (_command, args, words) => {
    const ended = await home.run(
      args.map((word) => word.replace('SITE', site)),
      { env: env() },
    );
    expect(ended.stdout).toContain(words);
    expect(seen.every(({ key, clientId }) => key === KEY && clientId === undefined)).toBe(true);
    if (args[0] !== 'token') expect(ended.stdout + ended.stderr).not.toContain(KEY);
  });

  test('have priority on their site, but not over --as, and not for another site', async () => {
    keys[STORED_KEY] = { scopes: ['read'], user: 'bot' };
    store([
      { site, key: STORED_KEY, username: 'bot' },
      { site: 'https://other.example', key: 'x', username: 'carol' },
    ]);
    const token = async (...args: string[]) => (await home.run(['token', ...args], { env: env() })).stdout;
    expect(await token()).toBe(`${KEY}\n`);
    expect(await token(`${site}/t/topic/12`)).toBe(`${KEY}\n`);
    expect(await token('--as', 'bot')).toBe(`${STORED_KEY}\n`);
    expect(await token('https://other.example')).toBe('x\n');
    expect(await token('https://third.example')).toBe('');
  });

  test.each([
    ['no site', { VALETKEY_KEY: KEY }, 'VALETKEY_SITE'],
    ['a site that is none', { VALETKEY_KEY: KEY, VALETKEY_SITE: 'not a site' }, 'not the URL of a site'],
    [
      'a key with a line break',
      { VALETKEY_KEY: `${KEY}\n${KEY}`, VALETKEY_SITE: 'x.example' },
      'VALETKEY_KEY',
    ],
  ])('are rejected with %s, without the key in the message', async (_case, wrong, words) => {
    const ended = await home.run(['whoami', site], { env: wrong });
    expect(ended).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(words) });
    expect(ended.stderr).not.toContain(KEY);
    expect(seen).toEqual([]);
  });

  test('VALETKEY_SITE alone selects among stored keys', async () => {
    store([
      { site, key: KEY, username: 'alice' },
      { site: 'https://other.example', key: 'x', username: 'carol' },
    ]);
    expect((await home.run(['whoami'])).exitCode).toBe(2);
    expect((await home.run(['whoami'], { env: { VALETKEY_SITE: site } })).stdout).toContain('alice');
    expect(await home.run(['doctor'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Name one site'),
    });
    expect((await home.run(['doctor'], { env: { VALETKEY_SITE: site } })).stdout).toContain('alice');
  });

  test('doctor without a site examines the only one with a key', async () => {
    store([{ site, key: KEY, username: 'alice' }]);
    expect((await home.run(['doctor'])).stdout).toContain('alice');
  });
});

describe('valetkey import', () => {
  test('checks a key from standard input and stores it with its scopes and user', async () => {
    const ended = await home.run(['import', `${site}/t/topic/12`], { input: `  ${KEY}\r\n` });
    expect(ended).toMatchObject({ exitCode: 0, stdout: `You are alice on ${site}.\n` });
    expect(ended.stderr).toContain(`Found the site ${site}.`);
    expect(ended.stdout + ended.stderr).not.toContain(KEY);
    expect(storedKeys()).toMatchObject([
      { site, key: KEY, username: 'alice', name: null, scopes: ['read'], clientId: null },
    ]);
    expect((await home.run(['whoami'])).stdout).toBe(`alice on ${site}\n`);
    expect(seen.every(({ clientId }) => clientId === undefined)).toBe(true);
  });

  test('does not store a key that the site rejects', async () => {
    const ended = await home.run(['import', site], { input: STORED_KEY });
    expect(ended).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('revoked') });
    expect((await home.run(['list'])).stdout).toBe('');
  });

  test('does not revoke a key that is imported again, and revokes the one that it replaces', async () => {
    keys[STORED_KEY] = { scopes: ['read'], user: 'alice' };
    for (const input of [STORED_KEY, STORED_KEY, KEY]) await home.run(['import', site], { input });
    expect(seen.filter(({ url }) => url === '/user-api-key/revoke').map(({ key }) => key)).toEqual([
      STORED_KEY,
    ]);
    expect(storedKeys()).toMatchObject([{ key: KEY }]);
  });

  test.each([
    ['nothing', ''],
    ['two lines', `${KEY}\n${KEY}`],
    ['a file', 'x'.repeat(10_000)],
  ])('rejects %s as a key and sends nothing', async (_case, input) => {
    expect(await home.run(['import', site], { input })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('does not contain a key'),
    });
    expect(seen).toEqual([]);
  });
});

describe('valetkey list', () => {
  const past = '2001-01-01T00:00:00.000Z';

  test('reports EXPIRED only if the site does', async () => {
    store([
      { id: 'a', site, key: KEY, username: 'alice', expiresAt: past },
      { id: 'b', site, key: STORED_KEY, username: 'gone', expiresAt: past },
      { id: 'c', site: 'http://127.0.0.1:1', key: 'x', username: 'unreachable', expiresAt: past },
      { id: 'd', site, key: KEY, username: 'later', expiresAt: '2999-01-01T00:00:00.000Z' },
    ]);
    expect((await home.run(['list'])).stdout).not.toContain('EXPIRED');
    server.prependListener('request', (request, response) => {
      if (request.headers['user-api-key'] !== STORED_KEY) return;
      response.writeHead(403, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ errors: ['Expired.'], code: 'key_expired' }));
      response.writeHead = () => response;
      response.end = () => response;
    });
    const { stdout } = await home.run(['list']);
    expect(stdout).toContain(`EXPIRED ${past}`);
    const listed = JSON.parse((await home.run(['list', '--json'])).stdout);
    expect(listed.map(({ expired }: { expired: boolean }) => expired)).toEqual([false, true, false, false]);
  });
});

describe('mistyped arguments', () => {
  test.each([
    [['logn'], 'Did you mean login?'],
    [['help', 'logn'], 'Did you mean login?'],
    [['login', 'forum.example', '--scope', 'read'], 'Did you mean --scopes?'],
    [['whoami', '--jsno'], 'Did you mean --json?'],
    [
      ['login', 'forum.example', '--scopes', 'read', 'write'],
      'Separate scopes with commas: --scopes read,write',
    ],
    [['login', 'forum.example', '--scopes', 'read,', 'write'], 'Separate scopes with commas'],
    [['doctor', 'forum.example', 'other.example'], 'Unexpected arguments: “other.example”'],
    [['token', 'a.example', 'b.example'], 'Unexpected arguments: “b.example”'],
  ])('%j: names the mistake', async (args, words) => {
    const ended = await home.run(args);
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toContain(words);
  });
});
