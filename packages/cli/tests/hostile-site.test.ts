import { constants, publicEncrypt } from 'node:crypto';
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { dirname } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listen } from './listen.ts';
import { createHome, type Home } from './run-command.ts';

let home: Home;
let servers: Server[];
beforeEach(() => {
  home = createHome();
  servers = [];
});
afterEach(() => {
  for (const server of servers) server.close();
  home.remove();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  return listen(server);
}

const KEY = 'ab'.repeat(16);
function saveKey(site: string): void {
  mkdirSync(dirname(home.keyFile), { recursive: true });
  const stored = { site, key: KEY, clientId: 'c', username: 'alice', scopes: ['read'], expiresAt: null };
  writeFileSync(home.keyFile, JSON.stringify({ clientId: 'c', keys: [stored] }));
}

test('request: does not send the key to another origin after a redirect', async () => {
  const stolen: unknown[] = [];
  const thief = await serve((request, response) => {
    stolen.push(request.headers['user-api-key']);
    response.end();
  });
  const site = await serve((request, response) => {
    const target = request.url === '/here' ? '/there' : request.url === '/there' ? null : `${thief}/`;
    response
      .writeHead(target ? 302 : 200, target ? { location: target } : {})
      .end(String(request.headers['user-api-key']));
  });
  saveKey(site);
  const ended = await home.run(['request', 'GET', '/latest.json']);
  expect(ended).toMatchObject({ exitCode: 1, stdout: '' });
  expect(ended.stderr).toContain('does not send keys to another origin');
  expect(stolen).toEqual([]);
  expect((await home.run(['request', 'GET', '/here'])).stdout).toBe(KEY);
  expect((await home.run(['request', 'GET', `//${new URL(thief).host}/`])).exitCode).toBe(2);
  expect(stolen).toEqual([]);
});

test('error messages: remove control characters in text of a site', async () => {
  const site = await serve((_request, response) => {
    response.writeHead(403, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        errors: ['no \u001b]0;owned\u0007\u001b[2Jway \u202Eback'],
        code: 'scope_insufficient',
      }),
    );
  });
  saveKey(site);
  const ended = await home.run(['whoami']);
  expect(ended.exitCode).toBe(1);
  expect(ended.stderr).toContain('way');
  for (const control of ['\u001b', '\u0007', '\u202E']) expect(ended.stderr).not.toContain(control);
});

test('key file: permissions are restricted when it is read', async () => {
  saveKey('https://forum.example');
  chmodSync(home.keyFile, 0o644);
  const ended = await home.run(['list']);
  expect(ended).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('forum.example') });
  expect(ended.stderr).toContain('permissions are now restricted');
  expect(statSync(home.keyFile).mode & 0o777).toBe(0o600);
});

test.each([
  ['broken', () => writeFileSync(home.keyFile, '{"clientId":')],
  ['of another shape', () => writeFileSync(home.keyFile, '{"clientId":"c","keys":[null]}')],
  ['not a file', () => mkdirSync(home.keyFile)],
])('key file: one that is %s stays unchanged and is not treated as empty', async (_case, spoil) => {
  mkdirSync(dirname(home.keyFile), { recursive: true });
  spoil();
  const before = statSync(home.keyFile).mtimeMs;
  const site = await serve((_request, response) => response.setHeader('auth-api-version', '4').end());
  const ended = await home.run(['login', site]);
  expect(ended).toMatchObject({ exitCode: 5, stdout: '' });
  expect(ended.stderr).toContain('cannot be parsed');
  expect(statSync(home.keyFile).mtimeMs).toBe(before);
});

test('logout: keeps the key if a bot check responds', async () => {
  const site = await serve((_request, response) => {
    response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>Are you human?</h1>');
  });
  saveKey(site);
  const ended = await home.run(['logout']);
  expect(ended).toMatchObject({ exitCode: 1, stdout: '' });
  expect(ended.stderr).toContain('bot check');
  expect((await home.run(['token'])).stdout).toBe(`${KEY}\n`);
  expect(await home.run(['login', site])).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('bot check'),
  });
});

/**
 * Simulates versions of Discourse before `padding`, error reasons and the early check of redirects. `refuses` is
 * their difference.
 */
async function serveOldDiscourse(refuses: (url: URL) => boolean, isNamed: boolean): Promise<string> {
  return serve((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.method === 'HEAD') return response.setHeader('auth-api-version', '2').end();
    const url = new URL(request.url ?? '/', 'http://x');
    if (url.pathname.startsWith('/user-api-key/new')) {
      return refuses(url)
        ? response.end('{"state":"generic_error"}')
        : response.writeHead(302, { location: '/login' }).end();
    }
    if (isNamed) return response.end('{"current_user":{"id":1,"username":"old-alice"}}');
    response.writeHead(403).end('{"errors":["Not permitted."],"error_type":"invalid_access"}');
  });
}

function sealAsOldDiscourse(url: URL): string {
  expect(url.searchParams.has('auth_redirect')).toBe(false);
  const payload = JSON.stringify({ key: KEY, nonce: url.searchParams.get('nonce'), push: false, api: 2 });
  const key = { key: url.searchParams.get('public_key') ?? '', padding: constants.RSA_PKCS1_PADDING };
  return `${publicEncrypt(key, Buffer.from(payload)).toString('base64').replace(/.{60}/g, '$&\n')}\n`;
}

test.each([
  ['refuses the loopback address without a reason', (url: URL) => url.searchParams.has('auth_redirect')],
  ['would refuse it only after the approval', () => false],
])('login: uses copy and paste on an old Discourse that %s', async (_case, refuses) => {
  const site = await serveOldDiscourse(refuses, true);
  const ended = await home.run(['login', site], { onUrl: sealAsOldDiscourse });
  expect(ended).toMatchObject({ exitCode: 0, stdout: `You are old-alice on ${site}.\n` });
});

test('login: stores a key whose scopes do not reveal its user', async () => {
  const site = await serveOldDiscourse(() => false, false);
  const ended = await home.run(['login', site, '--scopes', 'notifications'], { onUrl: sealAsOldDiscourse });
  expect(ended).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('does not reveal the user') });
  expect((await home.run(['token'])).stdout).toBe(`${KEY}\n`);
});
