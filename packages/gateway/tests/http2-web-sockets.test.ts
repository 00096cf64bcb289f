import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { request as sendRequest } from 'node:https';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCertificate } from '@valetkey/test-support/push-certificate';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { GatewayLogEntry } from '../src/http/gateway-parts.ts';
import { configFor, type GatewaySite, startGatewaySite } from './support/gateway-site.ts';
import { type Service, startService } from './support/start-service.ts';

const folder = mkdtempSync(join(tmpdir(), 'valetkey-http2-'));
const entries: GatewayLogEntry[] = [];
let service: Service;
let site: GatewaySite;
let session: ClientHttp2Session;
let key: string;
let certificate: string;
const sockets: Socket[] = [];
/** Handles a WebSocket of the service. */
let onUpgrade: (request: IncomingMessage, socket: Socket, accept: string) => void;

beforeAll(async () => {
  const { cert, key: privateKey } = createCertificate('wiki.example');
  certificate = cert;
  writeFileSync(join(folder, 'cert.pem'), cert);
  writeFileSync(join(folder, 'key.pem'), privateKey);
  service = await startService();
  service.server.removeAllListeners('upgrade').on('upgrade', (request: IncomingMessage, socket: Socket) => {
    const { method = '', url = '', rawHeaders, headers } = request;
    service.received.push({ method, url, rawHeaders, headers, body: '' });
    sockets.push(socket.on('error', () => {}));
    const text = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    onUpgrade(request, socket, createHash('sha1').update(text).digest('base64'));
  });
  const tls = `tls: { certificate: '${folder}/cert.pem', key: '${folder}/key.pem' }`;
  const options = { log: (entry: GatewayLogEntry) => void entries.push(entry) };
  site = await startGatewaySite(configFor(service.url, tls), options, {}, cert);
  session = connect(site.url, { ca: cert, servername: 'wiki.example' });
  await once(session, 'remoteSettings');
});
beforeEach(async () => {
  key = await site.approve();
  entries.splice(0);
  service.received.splice(0);
  onUpgrade = (_, socket, accept) => {
    socket.write(switching(accept));
    socket.pipe(socket);
  };
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  session.close();
  await site.close();
  await service.close();
  rmSync(folder, { recursive: true });
});

const switching = (accept: string) =>
  `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: plums\r\n\r\n`;

async function open(headers: Record<string, string> = {}) {
  const stream = session.request({
    ':method': 'CONNECT',
    ':protocol': 'websocket',
    ':path': '/api/live',
    'sec-websocket-version': '13',
    'sec-websocket-protocol': 'plums',
    ...headers,
  });
  stream.on('error', () => {});
  const [head] = (await once(stream, 'response')) as [Record<string, string>];
  return { stream, head, status: Number(head[':status']) };
}

async function readAll(stream: ClientHttp2Stream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A close frame with the status 1008 and this reason. */
const closeFrame = (reason: string) =>
  Buffer.from(`\x88${String.fromCharCode(reason.length + 2)}\x03\xf0${reason}`, 'latin1');

test('HTTP/2: a WebSocket reaches the service over HTTP/1.1 with the identity of its key, and carries bytes both ways', async () => {
  expect(session.remoteSettings.enableConnectProtocol).toBe(true);
  const { stream, head, status } = await open({ 'user-api-key': key, x_valetkey_user: 'mallory' });
  expect(status).toBe(200);
  expect(head).toMatchObject({ 'sec-websocket-protocol': 'plums', 'x-request-id': expect.any(String) });
  for (const name of ['upgrade', 'connection', 'sec-websocket-accept']) expect(head).not.toHaveProperty(name);
  stream.write('plums');
  expect(String((await once(stream, 'data'))[0])).toBe('plums');
  const [{ method = '', headers = {} } = {}] = service.received;
  expect([method, headers]).toEqual([
    'GET',
    expect.objectContaining({
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'x-valetkey-user': 'alice',
      'x-forwarded-proto': 'https',
      'x-request-id': head['x-request-id'],
    }),
  ]);
  expect(JSON.stringify(service.received)).not.toMatch(
    new RegExp(`mallory|${key}|":(?:path|method|protocol)"`),
  );
  const closed = once(stream, 'close');
  stream.end();
  await closed;
  expect(entries.at(-1)).toMatchObject({
    method: 'CONNECT',
    path: '/api/live',
    status: 200,
    user: 'id-alice',
  });
});

test('HTTP/2: a WebSocket ends with 1008 when its key is revoked, and the others of the connection stay', async () => {
  const [ended, kept] = [
    await open({ 'user-api-key': key }),
    await open({ 'user-api-key': await site.approve('bob') }),
  ];
  const received = readAll(ended.stream);
  const start = performance.now();
  await site.revoke(key);
  expect(await received).toEqual(closeFrame('key_revoked'));
  expect(performance.now() - start).toBeLessThan(1_000);
  kept.stream.write('still');
  expect(String((await once(kept.stream, 'data'))[0])).toBe('still');
  kept.stream.close();
});

test.each([
  ['an unknown key', { 'user-api-key': '0'.repeat(32) }, 403, 'key_unknown'],
  ['a path without a scope', { ':path': '/api/other' }, 403, 'scope_insufficient'],
  ['an ambiguous path', { ':path': '/api//live' }, 400, 'path_ambiguous'],
  ['a path of Valetkey', { ':path': '/valetkey/apps' }, 404, 'not_found'],
])(
  'HTTP/2: a WebSocket with %s is refused with JSON, and does not reach the service',
  async (_, headers, ...expected) => {
    const { stream, status } = await open({ 'user-api-key': key, ...headers });
    const { code } = JSON.parse(String(await readAll(stream)));
    expect([status, code]).toEqual(expected);
    expect(service.received).toEqual([]);
  },
);

test('HTTP/2: the handshake of a client does not reach the service, and a service that does not confirm is not connected', async () => {
  const { stream } = await open({ 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' });
  stream.close();
  expect(JSON.stringify(service.received)).not.toContain('AAAAAAAAAAAAAAAAAAAAAA==');
  onUpgrade = (_request, socket) => void socket.write(switching('AAAAAAAAAAAAAAAAAAAAAAAAAAA='));
  expect((await open()).status).toBe(502);
});

test('HTTP/2: the response of a service that refuses a WebSocket arrives', async () => {
  onUpgrade = (_, socket) => void socket.end('HTTP/1.1 418 No\r\nContent-Length: 3\r\nX-Why: tea\r\n\r\ntea');
  const { stream, status, head } = await open();
  expect([status, head['x-why'], String(await readAll(stream))]).toEqual([418, 'tea', 'tea']);
});

test('HTTP/2: a client that cancels its WebSocket ends the connection to the service', async () => {
  const left = Promise.withResolvers<void>();
  onUpgrade = (_, socket, accept) => {
    socket.write(switching(accept));
    socket.resume().on('end', () => left.resolve());
  };
  const { stream } = await open();
  stream.close(8);
  await left.promise;
});

test('HTTP/2: a slow client receives all that the service sent before it closed the connection', async () => {
  const size = 3_000_000;
  onUpgrade = (_, socket, accept) => {
    socket.write(switching(accept));
    socket.end(Buffer.alloc(size, 'x'));
  };
  const { stream } = await open();
  await once(stream, 'readable');
  expect((await readAll(stream)).length).toBe(size);
});

test.each([
  [{ ':protocol': 'connect-udp', ':path': '/', ':scheme': 'https' }, 501],
  [{}, 405],
])('HTTP/2: CONNECT with %j is refused, and reaches nobody', async (headers, expected) => {
  const stream = session.request({ ':method': 'CONNECT', ':authority': 'internal.example:22', ...headers });
  const [head] = await once(stream, 'response');
  expect(head[':status']).toBe(expected);
  stream.close();
  expect(service.received).toEqual([]);
});

test('HTTP/1.1 with TLS: CONNECT is 405, and a WebSocket works beside those over HTTP/2', async () => {
  const { hostname, port } = new URL(site.url);
  const options = {
    host: hostname,
    port,
    ca: certificate,
    servername: 'wiki.example',
    agent: false as const,
  };
  const refused = sendRequest({ ...options, method: 'CONNECT', path: 'internal.example:22' }).end();
  const [response] = await once(refused, 'connect');
  expect(response.statusCode).toBe(405);
  const headers = {
    Host: 'wiki.example',
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'User-Api-Key': key,
  };
  const opened = sendRequest({ ...options, path: '/api/live', headers }).end();
  const [accepted, socket] = await once(opened, 'upgrade');
  expect(accepted.headers['sec-websocket-accept']).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  socket.destroy();
});
