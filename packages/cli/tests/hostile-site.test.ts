import { constants, publicEncrypt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
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
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const KEY = 'ab'.repeat(16);
function keepKey(site: string): void {
  mkdirSync(dirname(home.keyFile), { recursive: true });
  const stored = { site, key: KEY, clientId: 'c', username: 'alice', scopes: ['read'], expiresAt: null };
  writeFileSync(home.keyFile, JSON.stringify({ clientId: 'c', keys: [stored] }));
}

test('a site that leads elsewhere never takes the key along', async () => {
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
  keepKey(site);
  await home.run(['request', 'GET', '/latest.json']);
  expect(stolen).toEqual([]);
  expect((await home.run(['request', 'GET', '/here'])).stdout).toBe(KEY);
  expect((await home.run(['request', 'GET', `//${new URL(thief).host}/`])).exitCode).toBe(1);
  expect(stolen).toEqual([]);
});

test('what a site says cannot steer the terminal', async () => {
  const site = await serve((_request, response) => {
    response.writeHead(403, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        errors: ['no \u001b]0;owned\u0007\u001b[2Jway \u202Eback'],
        code: 'scope_insufficient',
      }),
    );
  });
  keepKey(site);
  const ended = await home.run(['whoami']);
  expect(ended.exitCode).toBe(1);
  expect(ended.stderr).toContain('way');
  for (const control of ['\u001b', '\u0007', '\u202E']) expect(ended.stderr).not.toContain(control);
});

test('a key file for everybody to read becomes private when it is next written', async () => {
  const site = await serve((_request, response) => void response.end('{}'));
  keepKey(site);
  const { chmodSync, statSync } = await import('node:fs');
  chmodSync(home.keyFile, 0o644);
  await home.run(['logout']);
  expect(statSync(home.keyFile).mode & 0o777).toBe(0o600);
});

test('a key file that is broken is left as it is', async () => {
  mkdirSync(dirname(home.keyFile), { recursive: true });
  writeFileSync(home.keyFile, '{"clientId":');
  const ended = await home.run(['list']);
  expect(ended).toMatchObject({ exitCode: 1 });
  expect(ended.stderr).toContain('cannot be read');
});

test('an old Discourse that ignores the padding and knows no reasons is logged in to by copy and paste', async () => {
  const site = await serve((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.method === 'HEAD') return response.setHeader('auth-api-version', '2').end();
    if (request.url?.startsWith('/user-api-key/new')) {
      const { searchParams } = new URL(request.url, 'http://x');
      return searchParams.has('auth_redirect')
        ? response.end('{"state":"generic_error"}')
        : response.writeHead(302, { location: '/login' }).end();
    }
    response.end('{"current_user":{"id":1,"username":"old-alice"}}');
  });
  const onUrl = (url: URL) => {
    const payload = JSON.stringify({ key: KEY, nonce: url.searchParams.get('nonce'), push: false, api: 2 });
    const key = { key: url.searchParams.get('public_key') ?? '', padding: constants.RSA_PKCS1_PADDING };
    return `${publicEncrypt(key, Buffer.from(payload)).toString('base64').replace(/.{60}/g, '$&\n')}\n`;
  };
  expect(await home.run(['login', site], { onUrl })).toMatchObject({
    exitCode: 0,
    stdout: `You are old-alice on ${site}.\n`,
  });
});
