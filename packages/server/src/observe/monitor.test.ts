import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type Server, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { afterAll, expect, test } from 'vitest';
import { createInProcessChangeFeed } from '../in-process/in-process-change-feed.ts';
import { createMemoryStore } from '../in-process/memory-store/memory-store.ts';
import { createMetrics } from './metrics.ts';
import { createMonitor, type MonitorOptions } from './monitor.ts';

const servers: Server[] = [];
const folder = mkdtempSync(join(tmpdir(), 'valetkey-monitor-'));
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
}

async function startMonitor(options: Partial<MonitorOptions> = {}, address: string | null = '127.0.0.1') {
  const healthy = { isReady: true, store: 'ok', changeFeed: 'ok', useLimiter: 'ok' } as const;
  const monitor = createMonitor({ metrics: createMetrics(), checkHealth: async () => healthy, ...options });
  servers.push(monitor);
  const socketPath = join(folder, `${servers.length}.sock`);
  if (address === null) monitor.listen(socketPath);
  else monitor.listen(0, address);
  await once(monitor, 'listening');
  const target =
    address === null ? { socketPath } : { host: address, port: (monitor.address() as AddressInfo).port };
  return async (path: string, init: Sent = {}) => {
    const request = send({ ...target, path, ...init }).end();
    const [response] = await once(request, 'response');
    return { status: response.statusCode, headers: response.headers, body: await text(response) };
  };
}

test('createMonitor: serves health, readiness and metrics to this computer, and nothing else', async () => {
  const get = await startMonitor();
  expect(await get('/healthz')).toMatchObject({ status: 200, body: 'ok\n' });
  expect(JSON.parse((await get('/readyz')).body)).toEqual({
    isReady: true,
    store: 'ok',
    changeFeed: 'ok',
    useLimiter: 'ok',
  });
  const metrics = await get('/metrics');
  expect(metrics.headers['content-type']).toBe('text/plain; version=0.0.4');
  expect(metrics.body).toContain('# TYPE valetkey_verifications_total counter');
  for (const path of ['/', '/metrics/', '/metrics?x=1', '/user-api-key/new', '/%6detrics'])
    expect(await get(path)).toMatchObject({ status: 404, body: '' });
  expect((await get('/metrics', { method: 'POST' })).status).toBe(405);
});

test('createMonitor: gives requests through a proxy or from a web page an empty 404, for each path', async () => {
  const get = await startMonitor();
  const strangers = [
    { 'X-Forwarded-For': '203.0.113.7' },
    { 'X-Forwarded-For': '127.0.0.1' },
    { Forwarded: 'for=203.0.113.7' },
    { 'X-Real-IP': '203.0.113.7' },
    { Via: '1.1 nginx' },
    { Origin: 'https://evil.example' },
    { 'Sec-Fetch-Site': 'cross-site' },
    // A page whose host name resolves to this computer.
    { 'Sec-Fetch-Site': 'same-origin' },
  ];
  for (const headers of strangers)
    for (const path of ['/healthz', '/readyz', '/metrics'])
      expect(await get(path, { headers })).toMatchObject({ status: 404, body: '' });
});

test('createMonitor: serves only the IP addresses of the list', async () => {
  const [own] = Object.values(networkInterfaces())
    .flat()
    .filter((each) => each !== undefined && !each.internal && each.family === 'IPv4');
  const address = own?.address ?? '127.0.0.2';
  const get = await startMonitor({ allowFrom: ['203.0.113.0/24'] }, address);
  expect(await get('/metrics')).toMatchObject({ status: 404, body: '' });
  const allowed = await startMonitor({ allowFrom: [`${address}/32`] }, address);
  expect((await allowed('/metrics')).status).toBe(200);
  expect(() =>
    createMonitor({
      metrics: createMetrics(),
      checkHealth: async () => Promise.reject(),
      allowFrom: ['all'],
    }),
  ).toThrow();
});

test('createMonitor: serves on a Unix socket', async () => {
  const get = await startMonitor({}, null);
  expect((await get('/readyz')).status).toBe(200);
});

test('GET /readyz: responds 503 and names the part that fails, without the text of its error', async () => {
  const memory = createMemoryStore();
  let failing = '';
  const failIf = (part: string) => {
    if (failing === part) throw new Error('secret-host refused the connection');
  };
  const site = await createTestSite({
    store: {
      ...memory,
      findKey: async (id) => {
        failIf('store');
        return memory.findKey(id);
      },
    },
    changeFeed: {
      ...createInProcessChangeFeed(),
      isCurrent: () => false,
      catchUp: async () => failIf('changeFeed'),
    },
    useLimiter: {
      use() {
        failIf('useLimiter');
        return { allowed: false, window: 'minute', waitSeconds: 1 };
      },
    },
  });
  const get = await startMonitor({ checkHealth: site.valetkey.checkHealth });
  const parts = { store: 'ok', changeFeed: 'ok', useLimiter: 'ok' };
  const ready = await get('/readyz');
  expect([ready.status, JSON.parse(ready.body)]).toEqual([200, { isReady: true, ...parts }]);
  for (const part of Object.keys(parts)) {
    failing = part;
    const response = await get('/readyz');
    expect(response.status).toBe(503);
    expect(JSON.parse(response.body)).toEqual({ isReady: false, ...parts, [part]: 'unavailable' });
  }
});
