import { once } from 'node:events';
import { request as sendRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { parseConfig } from '../src/config/parse-config.ts';
import { configFor, type GatewaySite, startGatewaySite } from './support/gateway-site.ts';
import { type Service, startService } from './support/start-service.ts';

let service: Service;
let site: GatewaySite;
const sockets: Socket[] = [];
/** Added to the clock of the gateway. */
let skew = 0;
let onRequest: Parameters<typeof startService>[0];

beforeAll(async () => {
  service = await startService((request, response) => onRequest?.(request, response));
  site = await startGatewaySite(configFor(service.url), { now: () => Date.now() + skew });
});
afterEach(() => {
  skew = 0;
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(async () => {
  await site.close();
  await service.close();
});

/** Sends text to the gateway; resolves with all that it sent before it closed the connection. */
async function exchange(text: string): Promise<string> {
  const socket = await open(text);
  let received = '';
  for await (const chunk of socket) received += chunk;
  return received;
}

async function open(text: string): Promise<Socket> {
  const { hostname, port } = new URL(site.url);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

const upgradeWith = (headers: string) =>
  `GET /api/live HTTP/1.1\r\nHost: wiki\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${headers}\r\n`;

test('a response is streamed: the first part arrives before the second is written', async () => {
  const second = Promise.withResolvers<void>();
  onRequest = async (_, response) => {
    response.write('one');
    await second.promise;
    response.end('two');
  };
  const { body } = await fetch(`${site.url}/any`);
  const reader = body?.getReader();
  expect(Buffer.from((await reader?.read())?.value ?? '').toString()).toBe('one');
  second.resolve();
  expect(Buffer.from((await reader?.read())?.value ?? '').toString()).toBe('two');
});

test('a body is streamed: the service reads the first part before the second is sent', async () => {
  onRequest = async (request, response) => {
    for await (const chunk of request) response.write(`<${chunk}>`);
    response.end();
  };
  const request = sendRequest(`${site.url}/any`, { method: 'POST' });
  request.write('one');
  const [response] = await once(request, 'response');
  const [first] = await once(response, 'data');
  request.end('two');
  const [last] = await once(response, 'data');
  expect(`${first}${last}`).toBe('<one><two>');
});

test('trailers of a response arrive', async () => {
  onRequest = (_, response) => {
    response.writeHead(200, { Trailer: 'X-Sum' });
    response.write('text');
    response.addTrailers({ 'X-Sum': '42' });
    response.end();
  };
  const request = sendRequest(`${site.url}/any`).end();
  const [response] = await once(request, 'response');
  response.resume();
  await once(response, 'end');
  expect(response.trailers).toEqual({ 'x-sum': '42' });
});

test('Expect: 100-continue is answered only if the request is allowed', async () => {
  onRequest = async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    response.end(body);
  };
  const key = await site.approve();
  const head =
    'POST /api/notes HTTP/1.1\r\nHost: wiki\r\nContent-Length: 4\r\nExpect: 100-continue\r\nConnection: close\r\n';
  const refused = await exchange(`${head}User-Api-Key: ${key}\r\n\r\n`);
  expect(refused).toMatch(/^HTTP\/1\.1 403 /);
  const allowed = await exchange(`${head}\r\ntext`);
  expect(allowed).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK[\s\S]*text$/);
});

test('a WebSocket is refused without a valid key, and connected with the identity of one', async () => {
  const refused = await exchange(upgradeWith(`User-Api-Key: ${'0'.repeat(32)}\r\n`));
  expect(refused).toMatch(/^HTTP\/1\.1 403 [\s\S]*key_unknown/);
  service.received.splice(0);
  const key = await site.approve('bob');
  const socket = await open(upgradeWith(`User-Api-Key: ${key}\r\nX_Valetkey_User: mallory\r\n`));
  const [head] = await once(socket, 'data');
  expect(String(head)).toMatch(/^HTTP\/1\.1 101 /);
  expect(service.received[0]?.headers).toMatchObject({ 'x-valetkey-user': 'bob', upgrade: 'websocket' });
  expect(JSON.stringify(service.received)).not.toMatch(new RegExp(`mallory|${key}`));
});

test('a WebSocket and an event stream end within a second of the revocation of their key', async () => {
  onRequest = (_, response) =>
    void response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n');
  const key = await site.approve('carol');
  const other = await site.approve('dave');
  const socket = await open(upgradeWith(`User-Api-Key: ${key}\r\n`));
  await once(socket, 'data');
  const survivor = await open(upgradeWith(`User-Api-Key: ${other}\r\n`));
  await once(survivor, 'data');
  const stream = sendRequest(`${site.url}/api/live`, { headers: { 'User-Api-Key': key } }).end();
  const [response] = await once(stream, 'response');
  response.resume();
  const cut = once(response, 'error');
  const closed = once(socket, 'close');
  const start = performance.now();
  await site.revoke(key);
  await Promise.all([closed, cut]);
  expect(performance.now() - start).toBeLessThan(1_000);
  expect(survivor.destroyed).toBe(false);
});

/** A close frame with the status 1008 and this reason. */
const closeFrame = (reason: string) =>
  Buffer.from(`\x88${String.fromCharCode(reason.length + 2)}\x03\xf0${reason}`, 'latin1');

test('two hundred WebSockets end with a close frame within a second of the revocation of their key', async () => {
  const key = await site.approve('heidi');
  const opened: Socket[] = [];
  for (let at = 0; at < 200; at += 1) {
    const socket = await open(upgradeWith(`User-Api-Key: ${key}\r\n`));
    await once(socket, 'data');
    opened.push(socket);
  }
  const received = Promise.all(
    opened.map(async (socket) => {
      const chunks: Buffer[] = [];
      for await (const chunk of socket) chunks.push(chunk);
      return Buffer.concat(chunks);
    }),
  );
  const start = performance.now();
  await site.revoke(key);
  const frames = await received;
  expect(performance.now() - start).toBeLessThan(1_000);
  expect(frames.every((frame) => frame.equals(closeFrame('key_revoked')))).toBe(true);
});

test('a WebSocket ends about a second after the expiry of its key', async () => {
  const key = await site.approve('erin', { expires_in_seconds: '3600' });
  const socket = await open(upgradeWith(`User-Api-Key: ${key}\r\n`));
  await once(socket, 'data');
  const closed = once(socket, 'close');
  const start = performance.now();
  skew = 3_600_000;
  await closed;
  expect(performance.now() - start).toBeLessThan(1_300);
});

test('a WebSocket ends with its key also after the configuration was reloaded', async () => {
  const key = await site.approve('grace');
  const socket = await open(upgradeWith(`User-Api-Key: ${key}\r\n`));
  await once(socket, 'data');
  const closed = once(socket, 'close');
  await site.gateway.reload(() => parseConfig(configFor(service.url), `${site.folder}/valetkey.yaml`, {}));
  await site.revoke(key);
  await closed;
});

test.each<readonly [string, string, number]>([
  ['two different hosts', 'GET /any HTTP/1.1\r\nHost: a\r\nHost: b\r\n', 400],
  ...['', ' ', 'a b', 'a/b', 'user@a', 'a:x', 'a, b', 'a?b', '[::1', 'a\\b', 'a"b'].map(
    (host) => [`the host “${host}”`, `GET /any HTTP/1.1\r\nHost: ${host}\r\n`, 400] as const,
  ),
  ['an absolute URL of another host', 'GET http://other/admin/x HTTP/1.1\r\nHost: wiki\r\n', 400],
  [
    'both Content-Length and Transfer-Encoding',
    'POST /any HTTP/1.1\r\nHost: wiki\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n',
    400,
  ],
  ['headers of more than 16 KB', `GET /any HTTP/1.1\r\nHost: wiki\r\nX: ${'a'.repeat(20_000)}\r\n`, 431],
])('a request with %s is rejected and not forwarded', async (_, head, status) => {
  let forwarded = 0;
  onRequest = (_, response) => {
    forwarded += 1;
    response.end();
  };
  expect(await exchange(`${head}Connection: close\r\n\r\n`)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(forwarded).toBe(0);
});

test.each(['/any', '/user-api-key/new', '/valetkey/verify/forwarded', '//admin/x'])(
  'TRACE %s is 501, with and without a key, and reaches nobody',
  async (path) => {
    let forwarded = 0;
    onRequest = (_, response) => {
      forwarded += 1;
      response.end();
    };
    const head = `TRACE ${path} HTTP/1.1\r\nHost: wiki\r\nConnection: close\r\n`;
    for (const own of [`User-Api-Key: ${await site.approve()}\r\n`, ''])
      expect(await exchange(`${head}${own}\r\n`)).toMatch(/^HTTP\/1\.1 501 (?!.*user-api-key)/is);
    expect(forwarded).toBe(0);
  },
);

test.each(['wiki', 'wiki.example', 'WIKI.example:8443', '192.0.2.1', '[2001:db8::1]:443', 'a_b'])(
  'a request with the host %s is forwarded with it',
  async (host) => {
    let seen: unknown = null;
    onRequest = ({ headers }, response) => {
      seen = [headers.host, headers['x-forwarded-host']];
      response.end();
    };
    await exchange(`GET /any HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(seen).toEqual([host, host]);
  },
);

test('a header that names an identity header in Connection cannot remove it', async () => {
  let seen: unknown = null;
  onRequest = ({ headers }, response) => {
    seen = headers['x-valetkey-user'];
    response.end();
  };
  const key = await site.approve('frank');
  await exchange(
    `GET /api/notes HTTP/1.1\r\nHost: wiki\r\nUser-Api-Key: ${key}\r\nConnection: close, X-Valetkey-User, Host\r\n\r\n`,
  );
  expect(seen).toBe('frank');
});
