import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type ClientHttp2Session, connect } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCertificate } from '@valetkey/test-support/push-certificate';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { configFor, type GatewaySite, startGatewaySite } from './support/gateway-site.ts';
import { type Service, startService } from './support/start-service.ts';

const folder = mkdtempSync(join(tmpdir(), 'valetkey-http2-'));
const { cert, key } = createCertificate('wiki.example');
const sessions: ClientHttp2Session[] = [];
let service: Service;
let site: GatewaySite;
let onRequest: Parameters<typeof startService>[0];

beforeAll(async () => {
  writeFileSync(join(folder, 'cert.pem'), cert);
  writeFileSync(join(folder, 'key.pem'), key);
  service = await startService((request, response) => onRequest?.(request, response));
  const more = `tls: { certificate: '${folder}/cert.pem', key: '${folder}/key.pem' }\ntimeouts: { headers: 1, idle: 1 }`;
  site = await startGatewaySite(configFor(service.url, more), {}, {}, cert);
});
afterEach(() => {
  for (const session of sessions.splice(0)) session.destroy();
});
afterAll(async () => {
  await site.close();
  await service.close();
  rmSync(folder, { recursive: true });
});

async function open(): Promise<ClientHttp2Session> {
  const session = connect(site.url, { ca: cert, servername: 'wiki.example' });
  sessions.push(session.on('error', () => {}));
  await once(session, 'remoteSettings');
  return session;
}

/** Keeps the connection busy with pings and with requests for `/other` until `ended`. */
async function useUntil(session: ClientHttp2Session, ended: Promise<unknown>): Promise<void> {
  const timer = setInterval(() => {
    session.ping(() => {});
    session.request({ ':path': '/other' }).resume().end();
  }, 100);
  await ended;
  clearInterval(timer);
  expect(session.closed).toBe(false);
}

test('an idle connection ends, and a new one states the largest number of streams', async () => {
  const session = await open();
  expect(session.remoteSettings.maxConcurrentStreams).toBe(256);
  await once(session, 'close');
});

test('a connection that has not finished its handshake ends', async () => {
  const socket = connectTcp(Number(new URL(site.url).port), '127.0.0.1').resume();
  socket.on('error', () => {});
  await new Promise((resolve) => socket.on('close', resolve));
});

test('a stream whose body stalls ends alone, and the service loses nothing else', async () => {
  const cutOff = Promise.withResolvers<void>();
  onRequest = (request, response) => {
    if (request.url === '/any') request.on('error', () => {}).on('close', cutOff.resolve);
    else response.end(request.url);
  };
  const session = await open();
  const stream = session.request({ ':method': 'POST', ':path': '/any' });
  stream.on('error', () => {});
  const closed = new Promise((resolve) => stream.on('close', resolve));
  stream.write('a');
  await useUntil(session, Promise.all([cutOff.promise, closed]));
  const next = session.request({ ':path': '/next' });
  expect((await next.toArray()).join('')).toBe('/next');
});

test('a stream that is not read ends, and the request to the service too', async () => {
  const closed = Promise.withResolvers<void>();
  onRequest = (request, response) => {
    if (request.url !== '/any') return void response.end();
    response.on('close', closed.resolve);
    response.write(Buffer.alloc(100 * 2 ** 20));
  };
  const session = await open();
  const stream = session.request({ ':path': '/any' });
  stream.on('error', () => {});
  await once(stream, 'response');
  await useUntil(session, closed.promise);
});

test('a connection with a silent WebSocket stays, and ends when it is idle after it', async () => {
  const session = await open();
  const stream = session.request({
    ':method': 'CONNECT',
    ':protocol': 'websocket',
    ':path': '/any',
    'sec-websocket-version': '13',
  });
  await once(stream, 'data');
  // An idle connection that is opened now ends first.
  await once(await open(), 'close');
  expect([session.closed, stream.closed]).toEqual([false, false]);
  const closed = once(session, 'close');
  stream.close();
  await closed;
});
