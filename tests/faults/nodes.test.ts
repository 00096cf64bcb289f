import { openPostgresStore } from '@valetkey/sql-store/postgres';
import { startPostgres } from '@valetkey/test-support/postgres/start-postgres';
import { createTestDatabase } from '@valetkey/test-support/postgres/test-database';
import { startTcpProxy } from '@valetkey/test-support/start-tcp-proxy';
import { startValkey } from '@valetkey/test-support/start-valkey';
import { afterAll, describe, expect, test } from 'vitest';
import { issueKey, startNode } from './start-node.ts';

/** Two nodes on a server of their own; the connections of `b` can be cut. */
const server = await startPostgres();
const database = await createTestDatabase(server);
const proxy = await startTcpProxy(Number(new URL(database.url).port));
const proxied = new URL(database.url);
proxied.port = String(proxy.port);
const valkey = await startValkey();
const store = await openPostgresStore(database);
// The tests ask often.
await store.saveSettings(new Map([['max_user_api_reqs_per_minute', '1000']]));
const a = await startNode(database.url, { valkeyUrl: valkey.url });
const b = await startNode(proxied.href, { valkeyUrl: valkey.url });
afterAll(async () => {
  await Promise.all([a.stop(), b.stop(), store.close(), proxy.close(), valkey.kill()]);
  await database.drop();
  await server.remove();
});

/** The lease, and what a slow machine adds. */
const BOUND_MS = 2_000 + 300;
const wait = { timeout: 20_000, interval: 50 };

/** A key that both nodes have in memory. */
async function issueUsedKey(): Promise<string> {
  const key = await issueKey(store);
  for (const node of [a, b]) await expect.poll(() => node.use(key), wait).toBe('key');
  return key;
}

/** Returns the first code that does not report an unavailable store. */
async function useWhenAvailable(node: typeof a, key: string): Promise<string> {
  let code = '';
  const use = async () => {
    code = await node.use(key);
    return code;
  };
  await expect.poll(use, wait).not.toBe('store_unavailable');
  return code;
}

describe('two nodes on PostgreSQL and Valkey', () => {
  test('a revoked key: rejected by its own node at once, by the other within a second', async () => {
    for (let round = 0; round < 20; round += 1) {
      const key = await issueUsedKey();
      expect(await a.revoke(key)).toBe(200);
      const revokedAt = performance.now();
      expect(await a.use(key)).toBe('key_revoked');
      await expect.poll(() => b.use(key), { ...wait, interval: 5 }).toBe('key_revoked');
      expect(performance.now() - revokedAt).toBeLessThan(1_000);
    }
  });

  test('limits: exactly 20 of 40 parallel requests to both nodes are allowed', async () => {
    const setLimit = async (limit: string) => {
      await store.saveSettings(new Map([['max_user_api_reqs_per_minute', limit]]));
      // In order: the nodes know the setting when they know the key that was revoked after it.
      const key = await issueUsedKey();
      await a.revoke(key);
      await expect.poll(() => b.use(key), wait).toBe('key_revoked');
    };
    await setLimit('20');
    for (let round = 0; round < 5; round += 1) {
      const key = await issueKey(store);
      const uses = Array.from({ length: 40 }, (_, index) => (index % 2 ? a : b).use(key));
      const codes = await Promise.all(uses);
      expect(codes.filter((code) => code === 'key')).toHaveLength(20);
      expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(20);
    }
    await setLimit('1000');
  });

  test('a paused node: its first response after the pause rejects a key that was revoked meanwhile', async () => {
    const key = await issueUsedKey();
    b.pause();
    expect(await a.revoke(key)).toBe(200);
    const revokedAt = performance.now();
    const first = b.use(key);
    // Longer than the lease.
    await expect.poll(() => performance.now() - revokedAt, wait).toBeGreaterThan(BOUND_MS);
    b.resume();
    expect(await first).toBe('key_revoked');
  });

  test('a node that is cut off: allows a revoked key for two seconds at most, and rejects every key after them', async () => {
    const [revoked, other] = [await issueUsedKey(), await issueUsedKey()];
    const cutAt = performance.now();
    proxy.cut();
    expect(await a.revoke(revoked)).toBe(200);
    await expect.poll(() => b.use(revoked), { ...wait, interval: 20 }).toBe('store_unavailable');
    expect(performance.now() - cutAt).toBeLessThan(BOUND_MS);
    expect(await b.use(other)).toBe('store_unavailable');
    for (let request = 0; request < 5; request += 1) expect(await b.use(revoked)).toBe('store_unavailable');
    expect(await a.use(other)).toBe('key');
    // A response that was on its way may extend the lease, within its bound.
    await expect.poll(() => performance.now() - cutAt, wait).toBeGreaterThan(BOUND_MS);
    proxy.restore();
    await expect.poll(() => b.use(other), wait).toBe('key');
    expect(await b.use(revoked)).toBe('key_revoked');
  });

  test('a node that is cut off: rejects a key that it does not have in memory within two seconds', async () => {
    const other = await issueUsedKey();
    const key = await issueKey(store);
    const cutAt = performance.now();
    proxy.cut();
    expect(await b.use(key)).toBe('store_unavailable');
    expect(performance.now() - cutAt).toBeLessThan(BOUND_MS);
    proxy.restore();
    await expect.poll(() => b.use(other), wait).toBe('key');
    expect(await b.use(key)).toBe('key');
  });

  test('a stopped database: no key is allowed after two seconds, and each is again after the start', async () => {
    const key = await issueUsedKey();
    await server.stop();
    for (const node of [a, b]) await expect.poll(() => node.use(key), wait).toBe('store_unavailable');
    expect(await a.use('f'.repeat(32))).toBe('store_unavailable');
    await server.start();
    for (const node of [a, b]) await expect.poll(() => node.use(key), wait).toBe('key');
  });

  test('a database that crashes while keys are revoked: no acknowledged revocation is lost', async () => {
    const keys: string[] = [];
    for (let index = 0; index < 60; index += 1) keys.push(await issueKey(store));
    const acknowledged = new Set<string>();
    const revoking = (async () => {
      for (const key of keys) if ((await a.revoke(key)) === 200) acknowledged.add(key);
    })();
    await expect.poll(() => acknowledged.size, { ...wait, interval: 1 }).toBeGreaterThan(5);
    await server.kill();
    await revoking;
    await server.start();
    for (const node of [a, b])
      for (const key of acknowledged) expect(await useWhenAvailable(node, key)).toBe('key_revoked');
  });

  test('a killed server of Valkey: no key is allowed, and each is again when it has started, empty', async () => {
    const key = await issueUsedKey();
    await valkey.kill();
    for (const node of [a, b]) expect(await node.use(key)).toBe('limits_unavailable');
    await valkey.start();
    for (const node of [a, b]) await expect.poll(() => node.use(key), wait).toBe('key');
  });
});
