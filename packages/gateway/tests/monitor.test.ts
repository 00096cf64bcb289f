import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configFor, type GatewaySite, startGatewaySite } from './support/gateway-site.ts';
import { type Service, startService } from './support/start-service.ts';

let service: Service;
let site: GatewaySite;
beforeAll(async () => {
  service = await startService();
  site = await startGatewaySite(
    configFor(service.url, 'monitor: 127.0.0.1:0\nmonitor_from: [203.0.113.0/24]'),
  );
});
afterAll(async () => {
  await site.close();
  await service.close();
});

const read = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${site.gateway.monitorUrl}${path}`, { headers });

test('monitor: has the metrics of the gateway and of its verifier, without key, user and path', async () => {
  const key = await site.approve('alice');
  expect((await site.get('/api/notes', key)).status).toBe(200);
  expect((await site.get('/api/notes', '0'.repeat(32))).status).toBe(403);
  const text = await (await read('/metrics')).text();
  expect(text).toMatch(/^valetkey_gateway_requests_total\{decision="key",status="2xx"\} 1$/m);
  expect(text).toMatch(/^valetkey_gateway_refusals_total\{code="key_unknown"\} 1$/m);
  expect(text).toMatch(
    /^valetkey_verifications_total\{credential="user_key",result="allowed",code="none"\} 1$/m,
  );
  expect(text).toMatch(/^valetkey_gateway_open_streams 0$/m);
  for (const secret of [key, 'alice', '/api/notes']) expect(text).not.toContain(secret);
});

test('monitor: after random requests no label has their text, and the refusals are those that clients got', async () => {
  const codes = new Map<string, number>();
  const sent: string[] = [];
  for (let at = 0; at < 300; at += 1) {
    const text = randomBytes(16).toString('hex');
    sent.push(text);
    const target = at % 3 === 0 ? `/a%2f${text}` : `/api/${text}`;
    const response = await site.get(target, text, { 'User-Agent': text, 'X-Forwarded-For': text });
    const { code } = (await response.json()) as { code: string };
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  const text = await (await read('/metrics')).text();
  const isThere = sent.filter((each) => text.includes(each));
  expect(isThere).toEqual([]);
  expect([...codes.keys()].sort()).toEqual(['key_unknown', 'path_ambiguous']);
  const counted = Number(/^valetkey_gateway_refusals_total\{code="path_ambiguous"\} (\d+)$/m.exec(text)?.[1]);
  expect(counted).toBe(codes.get('path_ambiguous'));
});

test('monitor: is ready with all parts, and gives requests through a proxy an empty 404', async () => {
  const ready = await read('/readyz');
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { isReady: true, store: 'ok', changeFeed: 'ok', useLimiter: 'ok' },
  ]);
  const proxied = await read('/metrics', { 'X-Forwarded-For': '127.0.0.1' });
  expect([proxied.status, await proxied.text()]).toEqual([404, '']);
});

test('the public port: serves neither metrics nor health of the gateway', async () => {
  for (const path of ['/metrics', '/readyz', '/healthz']) {
    service.received.length = 0;
    await fetch(site.url + path);
    expect(service.received).toHaveLength(1);
  }
});

test('monitor_from: must be addresses', async () => {
  const text = configFor(service.url, 'monitor: 127.0.0.1:0\nmonitor_from: [everybody]');
  await expect(startGatewaySite(text)).rejects.toThrow(/everybody is not an IP address/);
});
