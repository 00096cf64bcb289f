import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configFor, type GatewaySite, startGatewaySite } from './support/gateway-site.ts';
import { type Service, startService } from './support/start-service.ts';

let service: Service;
let site: GatewaySite;
let begun = Promise.withResolvers<void>();
let ended = Promise.withResolvers<'complete' | 'cut off'>();

beforeAll(async () => {
  service = await startService(async (request, response) => {
    request.once('data', () => begun.resolve());
    request.on('end', () => ended.resolve('complete'));
    request.on('error', () => ended.resolve('cut off'));
    await ended.promise;
    response.end();
  });
  site = await startGatewaySite(configFor(service.url));
});
afterAll(async () => {
  await site.close();
  await service.close();
});

test.each([
  ['a length', 'Content-Length: 10', 'hello', 'world'],
  ['chunks', 'Transfer-Encoding: chunked', '5\r\nhello\r\n', '5\r\nworld\r\n0\r\n\r\n'],
])(
  'a key that is revoked while a body with %s arrives: the service does not get the whole body',
  async (name, framing, first, last) => {
    begun = Promise.withResolvers();
    ended = Promise.withResolvers();
    const key = await site.approve(name.replace(' ', '-'), { scopes: 'notes_write' });
    const { hostname, port } = new URL(site.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(
      `POST /api/notes HTTP/1.1\r\nHost: wiki\r\nUser-Api-Key: ${key}\r\n${framing}\r\n\r\n${first}`,
    );
    await begun.promise;
    await site.revoke(key);
    const [response] = await once(socket, 'data');
    socket.write(last);
    expect(await ended.promise).toBe('cut off');
    expect(String(response)).toMatch(/^HTTP\/1\.1 [45]/);
    socket.destroy();
  },
);
