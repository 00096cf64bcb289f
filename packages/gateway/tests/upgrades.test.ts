import { once } from 'node:events';
import { request as sendRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { configFor, type GatewaySite, startGatewaySite } from './support/gateway-site.ts';
import { type Service, startService } from './support/start-service.ts';

let service: Service;
let site: GatewaySite;
const sockets: Socket[] = [];
/** What the service responds to every Upgrade. */
const answer = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n';

beforeAll(async () => {
  service = await startService();
  service.server.removeAllListeners('upgrade').on('upgrade', (request, socket: Socket) => {
    sockets.push(socket.on('error', () => {}));
    service.received.push({ method: '', url: '', rawHeaders: [], headers: request.headers, body: '' });
    socket.write(answer);
    socket.on('data', (data) => socket.write(`service: ${data}`));
  });
  site = await startGatewaySite(configFor(service.url));
});
beforeEach(() => {
  service.received.splice(0);
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await site.close();
  await service.close();
});

/** Sends a request, and after its response another one as if in a tunnel; resolves with all that comes back. */
async function exchange(head: string): Promise<string> {
  const { hostname, port } = new URL(site.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(`${head}\r\n\r\n`);
  let received = '';
  for await (const chunk of socket) {
    if (received === '') socket.write(TUNNELLED);
    received += chunk;
  }
  return received;
}

const TUNNELLED =
  'GET /in-a-tunnel HTTP/1.1\r\nHost: wiki\r\nX-Valetkey-User: mallory\r\nConnection: close\r\n\r\n';

test.each(['h2c', 'H2C', 'h2c, websocket', 'websocket, h2c', 'HTTP/2.0', 'TLS/1.2', 'SPDY/3.1', 'tcp'])(
  'Upgrade: %s opens no tunnel to the service, not even if the service agrees',
  async (protocol) => {
    const received = await exchange(
      `GET /any HTTP/1.1\r\nHost: wiki\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: ${protocol}\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA`,
    );
    expect(received).toMatch(
      /^HTTP\/1\.1 200 [\s\S]*GET \/any[\s\S]*HTTP\/1\.1 200 [\s\S]*GET \/in-a-tunnel/,
    );
    const sent = service.received.map(({ url, headers }) => [
      url,
      headers.upgrade,
      headers['x-valetkey-user'],
    ]);
    expect(sent).toEqual([
      ['/any', undefined, '-'],
      ['/in-a-tunnel', undefined, '-'],
    ]);
  },
);

test('a body beside Upgrade arrives, as clients send it that prefer h2c', async () => {
  const headers = { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': 'AAA' };
  const request = sendRequest(`${site.url}/any`, { method: 'POST', headers });
  request.end('a text');
  const [response] = await once(request, 'response');
  expect([response.statusCode, service.received[0]?.body]).toEqual([200, 'a text']);
  response.resume();
});

test('a service that answers a WebSocket with another protocol is not connected: 502', async () => {
  const received = await exchange(
    'GET /any HTTP/1.1\r\nHost: wiki\r\nConnection: Upgrade\r\nUpgrade: websocket',
  );
  expect(received).toMatch(/^HTTP\/1\.1 502 /);
  expect(received).not.toMatch(/in-a-tunnel|service:/);
  expect(service.received).toHaveLength(1);
});

test('Upgrade: websocket to a page of Valetkey is answered by the page, and does not reach the service', async () => {
  const received = await exchange(
    'GET /user-api-key/scopes.json HTTP/1.1\r\nHost: wiki\r\nConnection: Upgrade\r\nUpgrade: websocket',
  );
  expect(received).toMatch(/^HTTP\/1\.1 200 [\s\S]*notes_read/);
  expect(service.received.map(({ url }) => url)).toEqual(['/in-a-tunnel']);
});
