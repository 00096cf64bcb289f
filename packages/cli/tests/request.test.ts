import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listen } from './listen.ts';
import { createHome, type Home } from './run-command.ts';

const KEY = 'ab'.repeat(16);
let home: Home;
let server: Server;

/** A site that returns the request. */
beforeEach(async () => {
  home = createHome();
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method, url, headers } = request;
    if (url === '/refuse-at-length') return void response.writeHead(403).end('x'.repeat(300_000));
    response.writeHead(url === '/refuse' ? 403 : 200, {
      'content-type': 'application/json',
      'x-seen': 'yes',
    });
    response.end(url === '/text' ? 'plain' : JSON.stringify({ method, url, headers, body, errors: ['No.'] }));
  });
  const site = await listen(server);
  mkdirSync(dirname(home.keyFile), { recursive: true });
  const keys = [{ site, key: KEY, clientId: 'c', username: 'alice', scopes: [], expiresAt: null }];
  writeFileSync(home.keyFile, JSON.stringify({ clientId: 'c', keys }), { mode: 0o600 });
});
afterEach(() => {
  server.close();
  home.remove();
});

const sent = async (args: readonly string[], options = {}) =>
  JSON.parse((await home.run(['request', 'POST', '/echo', ...args], options)).stdout);

describe('request body', () => {
  const bytes = Buffer.from([0x7b, 0x22, 0xff, 0x0a, 0x7d]);

  test.each([
    ['an argument', '{"a": 1}', '{"a": 1}', 'application/json'],
    ['a form', 'title=T&raw=x', 'title=T&raw=x', 'application/x-www-form-urlencoded'],
    ['@ and a file', '@FILE', bytes.toString(), 'application/json'],
    ['standard input', '-', 'from=a pipe', 'application/x-www-form-urlencoded'],
  ])('is read from %s', async (_case, data, body, type) => {
    const file = join(dirname(home.keyFile), 'body');
    writeFileSync(file, bytes);
    const echo = await sent(['--data', data.replace('FILE', file)], { input: 'from=a pipe' });
    expect(echo).toMatchObject({ body, headers: { 'content-type': type, 'user-api-key': KEY } });
    expect(echo.headers['content-length']).toBe(String(data === '@FILE' ? bytes.length : body.length));
  });

  test('that does not exist is rejected, and nothing is sent', async () => {
    const ended = await home.run(['request', 'POST', '/echo', '--data', '@/nowhere/at-all']);
    expect(ended).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining('/nowhere/at-all'),
    });
  });
});

test('request --header: adds headers and cannot replace the key', async () => {
  const args = ['-H', 'Accept-Language: de', '-H', 'Content-Type: text/plain', '-H', 'User-Api-Key: other'];
  const { headers } = await sent([...args, '-d', '{}']);
  expect(headers).toMatchObject({
    'accept-language': 'de',
    'content-type': 'text/plain',
    'user-api-key': KEY,
  });
  for (const header of ['no colon', 'Bad Name: x', 'A: b\nC: d'])
    expect(await home.run(['request', 'GET', '/', '-H', header])).toMatchObject({ exitCode: 2, stdout: '' });
});

test('request --json: prints status, headers and body, also of an error response', async () => {
  const read = async (path: string) => {
    const { stdout, exitCode } = await home.run(['request', 'GET', path, '--json']);
    return { ...JSON.parse(stdout), exitCode };
  };
  const seen = { 'x-seen': 'yes' };
  expect(await read('/echo')).toMatchObject({
    exitCode: 0,
    status: 200,
    headers: seen,
    body: { method: 'GET' },
  });
  expect(await read('/text')).toMatchObject({ exitCode: 0, status: 200, body: 'plain' });
  expect(await read('/refuse')).toMatchObject({ exitCode: 1, status: 403, body: { errors: ['No.'] } });
});

test('request: prints a long error response completely', async () => {
  const { exitCode, stdout } = await home.run(['request', 'GET', '/refuse-at-length']);
  expect([exitCode, stdout.length]).toEqual([1, 300_000]);
});

test('request: prints an endless body while it arrives', async () => {
  server.removeAllListeners('request').on('request', (_request, response) => {
    const send = () =>
      void (
        response.destroyed ||
        (response.write('line\n'.repeat(1000)) ? setImmediate(send) : response.once('drain', send))
      );
    send();
  });
  const child = home.start(['request', 'GET', '/endless']);
  let bytes = 0;
  const exitCode = await new Promise((resolve) => {
    child.on('close', resolve);
    child.stdout.on('data', (chunk) => {
      bytes += chunk.length;
      if (bytes > 5_000_000) child.stdout.destroy();
    });
  });
  expect([exitCode, bytes > 5_000_000]).toEqual([0, true]);
});

test('request --json: rejects an endless body', async () => {
  server.removeAllListeners('request').on('request', (_request, response) => {
    const send = () =>
      void (
        response.destroyed ||
        (response.write('x'.repeat(100_000)) ? setImmediate(send) : response.once('drain', send))
      );
    send();
  });
  const ended = await home.run(['request', 'GET', '/endless', '--json']);
  expect(ended).toMatchObject({ exitCode: 5, stdout: '', stderr: expect.stringContaining('16 MiB') });
});

test('request: starts the error message on a new line', async () => {
  const { stderr } = await home.run(['request', 'GET', '/refuse']);
  expect(stderr).toMatch(/^\n403: No\./);
});

describe('request on Discourse, which sends the same response for an inactive key and a missing scope', () => {
  const refusal = { errors: ['You are not permitted to do that.'], error_type: 'invalid_access' };

  test.each([
    [403, 'revoked or has expired'],
    [200, 'its scopes or the permissions of its account'],
  ])('tests the key (%i) and prints the first response', async (status, words) => {
    server.removeAllListeners('request').on('request', ({ url }, response) => {
      response.writeHead(url === '/session/current.json' ? status : 403, {
        'content-type': 'application/json',
      });
      response.end(JSON.stringify(refusal));
    });
    const { keys } = JSON.parse(readFileSync(home.keyFile, 'utf8'));
    writeFileSync(home.keyFile, JSON.stringify({ clientId: 'c', keys: [{ ...keys[0], scopes: ['read'] }] }));
    const ended = await home.run(['request', 'POST', '/posts.json', '--data', 'raw=x']);
    expect(ended).toMatchObject({ exitCode: 1, stdout: JSON.stringify(refusal) });
    expect(ended.stderr).toContain(words);
  });
});
