import { once } from 'node:events';
import { request as sendRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { parseConfig } from '../src/config/parse-config.ts';
import { configFor, type GatewaySite, startGatewaySite } from './support/gateway-site.ts';
import { type Service, startService } from './support/start-service.ts';

let service: Service;
let site: GatewaySite;
const errors: unknown[] = [];
const sockets: Socket[] = [];
let onRequest: Parameters<typeof startService>[0];

beforeAll(async () => {
  service = await startService((request, response) => onRequest?.(request, response));
  const text = configFor(service.url, 'timeouts: { headers: 1, idle: 1 }\nlimits: { connections: 4 }');
  site = await startGatewaySite(text, { reportError: (error) => void errors.push(error) });
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  expect(errors.splice(0)).toEqual([]);
});
afterAll(async () => {
  await site.close();
  await service.close();
});

/** Sends text, then one byte every 50 ms; resolves with all that came back when the connection has ended. */
async function dribble(text: string, byte: string, to = site): Promise<string> {
  const { hostname, port } = new URL(to.url);
  const socket = connect(Number(port), hostname);
  sockets.push(socket.on('error', () => {}));
  socket.write(text);
  const timer = setInterval(() => socket.write(byte), 50);
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk;
  });
  // With a reset or without one.
  await new Promise((resolve) => socket.on('close', resolve));
  clearInterval(timer);
  return received;
}

const STALLED = 'POST /any HTTP/1.1\r\nHost: wiki\r\nContent-Length: 10\r\n\r\na';

test('a connection ends whose headers come one byte at a time', async () => {
  expect(await dribble('GET /any HTTP/1.1\r\nHost: wiki\r\nX-Slow: ', 'a')).toMatch(/^HTTP\/1\.1 408 /);
});

test('a connection without any byte ends', async () => {
  expect(await dribble('', '')).toMatch(/^(?:HTTP\/1\.1 408 |$)/);
});

test('a form for a page of Valetkey must be complete in time', async () => {
  const head =
    'POST /user-api-key/revoke HTTP/1.1\r\nHost: wiki\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\n';
  expect(await dribble(head, 'a')).not.toContain('HTTP/1.1 200');
});

test('a body that stalls ends the request to the service', async () => {
  const cutOff = Promise.withResolvers<void>();
  onRequest = (request) => request.on('error', () => {}).on('close', cutOff.resolve);
  expect(await dribble(STALLED, '')).toBe('');
  await cutOff.promise;
});

test('timeouts of a changed configuration hold for later connections', async () => {
  const other = await startGatewaySite(configFor(service.url));
  const text = configFor(service.url, 'timeouts: { headers: 1, idle: 1 }');
  await other.gateway.reload(() => parseConfig(text, join(other.folder, 'valetkey.yaml'), {}));
  expect(await dribble(STALLED, '', other)).toBe('');
  await other.close();
});

test('a client that does not read its response loses it, and the service its connection', async () => {
  const closed = Promise.withResolvers<void>();
  onRequest = (_, response) => {
    response.on('close', closed.resolve);
    response.write(Buffer.alloc(100 * 2 ** 20));
  };
  const request = sendRequest(`${site.url}/any`).end();
  const [response] = await once(request, 'response');
  await closed.promise;
  await expect(response.toArray()).rejects.toThrow('aborted');
});

test('a silent WebSocket outlasts an idle connection that is opened after it', async () => {
  const { hostname, port } = new URL(site.url);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  socket.write('GET /any HTTP/1.1\r\nHost: wiki\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  await once(socket, 'data');
  await dribble(STALLED, '');
  expect(socket.readyState).toBe('open');
});

test('requests that wait for a connection to the service are answered: 504', async () => {
  const waiting: (() => void)[] = [];
  onRequest = (_, response) => {
    // Bytes now and then keep the response open.
    const timer = setInterval(() => response.write('.'), 100);
    waiting.push(() => response.end());
    response.on('close', () => clearInterval(timer));
  };
  const open = await Promise.all(Array.from({ length: 4 }, () => fetch(`${site.url}/any`)));
  const late = await fetch(`${site.url}/late`);
  expect([late.status, await late.json()]).toEqual([
    504,
    expect.objectContaining({ code: 'upstream_timeout' }),
  ]);
  expect(waiting).toHaveLength(4);
  for (const finish of waiting) finish();
  await Promise.all(open.map((response) => response.text()));
  onRequest = (request, response) => void response.end(request.url);
  expect(await (await fetch(`${site.url}/again`)).text()).toBe('/again');
});
