import { once } from 'node:events';
import { request as sendRequest } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configFor, type GatewaySite, startGatewaySite } from './support/gateway-site.ts';
import { type Service, startService } from './support/start-service.ts';

let service: Service;
let site: GatewaySite;
let onRequest: Parameters<typeof startService>[0];

beforeAll(async () => {
  service = await startService((request, response) => onRequest?.(request, response));
  site = await startGatewaySite(configFor(service.url));
});
afterAll(async () => {
  await site.close();
  await service.close();
});

test('a client that does not read stops the service, and 300 MB need no memory of the gateway', async () => {
  const size = 300 * 2 ** 20;
  const part = Buffer.alloc(2 ** 16);
  let sent = 0;
  const stalled = Promise.withResolvers<void>();
  onRequest = async (_, response) => {
    while (sent < size) {
      sent += part.length;
      if (response.write(part)) continue;
      const drained = once(response, 'drain');
      // The client does not read: the first long wait means that all buffers are full.
      const timer = setTimeout(stalled.resolve, 200);
      await drained;
      clearTimeout(timer);
    }
    response.end();
  };
  const request = sendRequest(`${site.url}/any`).end();
  const [response] = await once(request, 'response');
  await stalled.promise;
  expect(sent).toBeLessThan(40 * 2 ** 20);
  let received = 0;
  let largest = 0;
  const before = process.memoryUsage().rss;
  for await (const chunk of response) {
    received += chunk.length;
    largest = Math.max(largest, process.memoryUsage.rss());
  }
  expect(received).toBe(size);
  expect(largest - before).toBeLessThan(200 * 2 ** 20);
});

test('a service that does not read stops the client', async () => {
  const finish = Promise.withResolvers<void>();
  onRequest = async (request, response) => {
    await finish.promise;
    request.resume().on('end', () => response.end());
  };
  const request = sendRequest(`${site.url}/any`, { method: 'POST' });
  const part = Buffer.alloc(2 ** 16);
  let sent = 0;
  for (let isStalled = false; !isStalled && sent < 300 * 2 ** 20; ) {
    sent += part.length;
    if (request.write(part)) continue;
    const stopped = new AbortController();
    const timer = setTimeout(() => stopped.abort(), 200);
    isStalled = await once(request, 'drain', { signal: stopped.signal }).then(
      () => false,
      () => true,
    );
    clearTimeout(timer);
  }
  expect(sent).toBeLessThan(40 * 2 ** 20);
  finish.resolve();
  request.end();
  const [response] = await once(request, 'response');
  expect(response.statusCode).toBe(200);
  response.resume();
});
