import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configFor, type GatewaySite, startGatewaySite } from './support/gateway-site.ts';
import { type Service, startService } from './support/start-service.ts';

let service: Service;
let site: GatewaySite;
let key: string;
let trailers: NodeJS.Dict<string> = {};
let requests = 0;
beforeAll(async () => {
  service = await startService(async (request, response) => {
    requests += 1;
    let body = '';
    for await (const chunk of request) body += chunk;
    trailers = request.trailers;
    response.writeHead(201, { Trailer: 'X-Sum' });
    response.write(`${request.headers['x-valetkey-user']}: ${body}`);
    response.addTrailers({ 'X-Sum': '42' });
    response.end();
  });
  site = await startGatewaySite(configFor(service.url, 'limits: { body_bytes: 1000 }'));
  key = await site.approve('alice', { scopes: 'notes_write' });
});
afterAll(async () => {
  await site.close();
  await service.close();
});

/** Sends a request with trailers; returns the response as text. */
async function send(body: string, lines: readonly string[], header = ''): Promise<string> {
  const { hostname, port } = new URL(site.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST /api/notes HTTP/1.1\r\nHost: wiki\r\nConnection: close\r\nTransfer-Encoding: chunked\r\nTrailer: X-Check\r\n${header}\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`,
  );
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk;
  });
  await once(socket, 'close');
  return received;
}

test('trailers of a request and of its response arrive', async () => {
  const response = await send('text', ['X-Check: 7'], `User-Api-Key: ${key}\r\n`);
  expect(response).toMatch(/^HTTP\/1\.1 201 [\s\S]*alice: text[\s\S]*0\r\nx-sum: 42\r\n\r\n$/);
  expect(trailers).toEqual({ 'x-check': '7' });
});

test('a trailer is no way to send identity headers, keys or other headers that the gateway controls', async () => {
  const forged = [
    'X-Valetkey-User',
    'X_Valetkey_User',
    'User-Api-Key',
    'Authorization',
    'Host',
    'X-Forwarded-For',
    'X-Original-URL',
    'X-HTTP-Method-Override',
  ];
  await send('text', [...forged.map((name) => `${name}: mallory`), 'X-Check: 7']);
  expect(trailers).toEqual({ 'x-check': '7' });
});

test('a request with trailers is refused like any other, is limited in size, and is sent once', async () => {
  requests = 0;
  expect(await send('text', ['X-Check: 7'], `User-Api-Key: ${'0'.repeat(32)}\r\n`)).toMatch(
    /^HTTP\/1\.1 403 /,
  );
  expect(requests).toBe(0);
  expect(await send('x'.repeat(2_000), ['X-Check: 7'])).toMatch(/^HTTP\/1\.1 413 /);
  await send('text', ['X-Check: 7']);
  expect(requests).toBeLessThanOrEqual(2);
});
