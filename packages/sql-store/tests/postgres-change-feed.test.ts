import { changeFeedConformance } from '@valetkey/conformance';
import { appBlock, client, newAdminKey, newKey } from '@valetkey/conformance/fixtures';
import type { Change, ChangeFeed } from '@valetkey/server';
import { createTestDatabase } from '@valetkey/test-support/postgres/test-database';
import { startTcpProxy } from '@valetkey/test-support/start-tcp-proxy';
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { createPostgresChangeFeed } from '../src/postgres/postgres-change-feed.ts';
import { createPostgresDatabase } from '../src/postgres/postgres-database.ts';
import { openPostgresStore, type PostgresStore } from '../src/postgres/postgres-store.ts';

const database = await createTestDatabase();
const store = await openPostgresStore(database);
const proxy = await startTcpProxy(Number(new URL(database.url).port));
const proxied = new URL(database.url);
proxied.port = String(proxy.port);
afterAll(async () => {
  await store.close();
  await proxy.close();
  await database.drop();
});

/** A feed that records all kinds itself. */
function createFeed() {
  const pool = new pg.Pool({ connectionString: database.url });
  const feed = createPostgresChangeFeed({
    database: createPostgresDatabase(pool),
    createClient: () => new pg.Client(database.url),
    recorded: new Set(),
    monotonicNow: () => performance.now(),
    wallNow: Date.now,
  });
  return { feed, close: () => Promise.all([feed.close(), pool.end()]) };
}

describe('createPostgresChangeFeed', () => {
  const create = () => {
    const [a, b] = [createFeed(), createFeed()];
    return { a: a.feed, b: b.feed, close: async () => void (await Promise.all([a.close(), b.close()])) };
  };
  for (const { name, run } of changeFeedConformance(create)) test(name, run);
});

/** Subscribes, and collects changes and gaps until the test ends. */
async function watch(feed: ChangeFeed) {
  const changes: Change[] = [];
  const seen = { changes, gaps: 0 };
  feed.subscribe(
    (change) => changes.push(change),
    () => {
      seen.gaps += 1;
    },
  );
  await feed.catchUp?.();
  return seen;
}

/** The changes in the order of their first delivery. */
const distinct = <Item extends Partial<Record<keyof Change, string | undefined>>>(items: readonly Item[]) => [
  ...new Map(items.map((item) => [`${item.kind} ${item.id}`, item])).values(),
];

/** Opens another node, and closes it after the work. */
async function withNode(url: string, work: (node: PostgresStore) => Promise<void>): Promise<void> {
  const node = await openPostgresStore({ url });
  try {
    await work(node);
  } finally {
    await node.close();
  }
}

describe('the feed of openPostgresStore', () => {
  test('delivers each change of a key, an admin key, a setting, a client and a block to the other nodes', () =>
    withNode(database.url, async (node) => {
      const { changes } = await watch(node.changeFeed);
      const first = (await store.replaceKey(newKey())).key;
      const second = (await store.replaceKey(newKey())).key;
      await store.revokeKey(second.id, 5);
      await store.undoRevokeKey(second.id, { restoredAt: 6, max: 9 });
      await store.saveSentClientId(second.id, 'sent');
      const stale = { unusedSince: 9_999, approvedBefore: null, revokedAt: 7, afterId: 0, limit: 9 };
      await store.revokeStaleKeys(stale);
      const personal = await store.createPersonalKey(newKey({ kind: 'personal', clientId: 'p' }), 9);
      await store.rotateKey(personal?.id ?? 0, { keyHash: 'successor', createdAt: 8, retiresAt: 9 }, 9);
      const admin = await store.createAdminKey(newAdminKey());
      await store.revokeAdminKey(admin.id, 5);
      await store.saveSettings(new Map([['cors_origins', 'a']]));
      await store.registerClient(client, null);
      await store.deleteClient(client.clientId);
      await store.saveAppBlock(appBlock);
      await store.deleteAppBlock(appBlock);
      const key = { kind: 'key', id: second.keyHash };
      const adminKey = { kind: 'admin_key', id: admin.keyHash };
      const expected = [
        { kind: 'key', id: first.keyHash },
        key,
        key,
        key,
        key,
        { kind: 'key', id: personal?.keyHash },
        adminKey,
        adminKey,
        { kind: 'setting', id: 'cors_origins' },
        { kind: 'client', id: client.clientId },
        { kind: 'block', id: 'host:evil.example' },
        { kind: 'block', id: 'host:evil.example' },
      ];
      expect(
        await database.query('SELECT kind, id FROM valetkey.changes ORDER BY number DESC LIMIT $1', [
          expected.length,
        ]),
      ).toEqual(expected.toReversed());
      // A key can be delivered twice: named by the notification, and read.
      await expect.poll(() => distinct(changes)).toEqual(distinct(expected));
    }));

  test('delivers a changed user that the site publishes, and nothing for a use', () =>
    withNode(database.url, async (node) => {
      const { changes } = await watch(node.changeFeed);
      const { key } = await store.replaceKey(newKey({ clientId: 'used' }));
      const numbers = () => database.query('SELECT number FROM valetkey.change_counter');
      const before = await numbers();
      await store.recordKeysUsed([{ id: key.id, usedAt: 5, ipAddress: '192.0.2.1', userAgent: null }]);
      expect(await numbers()).toEqual(before);
      await store.changeFeed.publish({ kind: 'key', id: 'recorded by the store' });
      await store.changeFeed.publish({ kind: 'user', id: 'alice' });
      await expect.poll(() => changes).toEqual([{ kind: 'user', id: 'alice' }]);
    }));

  test('drops a key that a notification names before it can read, and does not take a forged one for a change', () =>
    withNode(database.url, async (node) => {
      const seen = await watch(node.changeFeed);
      const lock = new pg.Client(database.url);
      await lock.connect();
      await lock.query('BEGIN; LOCK TABLE valetkey.change_counter IN ACCESS EXCLUSIVE MODE');
      const named = { kind: 'key', id: 'a'.repeat(64) };
      await database.query(`NOTIFY valetkey_changes, 'key ${named.id}'`);
      await expect.poll(() => seen.changes).toEqual([named]);
      await lock.end();
      const { key } = await store.replaceKey(newKey({ clientId: 'forged' }));
      await store.revokeKey(key.id, 5);
      await expect.poll(() => seen.changes.at(-1)).toEqual({ kind: 'key', id: key.keyHash });
    }));

  test('delivers a change that took its number first and was committed last', () =>
    withNode(database.url, async (node) => {
      const { changes, gaps } = await watch(node.changeFeed);
      const slow = new pg.Client(database.url);
      await slow.connect();
      await slow.query('BEGIN');
      const { rows } = await slow.query(
        'UPDATE valetkey.change_counter SET number = number + 1 RETURNING number',
      );
      const saving = store.saveSettings(new Map([['cors_origins', 'b']]));
      await slow.query("INSERT INTO valetkey.changes VALUES ($1, 'key', 'slow')", [rows[0].number]);
      await node.changeFeed.catchUp?.();
      expect(changes).toEqual([]);
      // Without a notification: the feed reads twice a second anyway.
      await slow.query('COMMIT');
      await slow.end();
      await saving;
      await expect
        .poll(() => changes)
        .toEqual([
          { kind: 'key', id: 'slow' },
          { kind: 'setting', id: 'cors_origins' },
        ]);
      expect(gaps).toBe(1);
    }));

  test('drops the caches when the server has closed the connection, and delivers again', () =>
    withNode(database.url, async (node) => {
      const seen = await watch(node.changeFeed);
      const { gaps } = seen;
      await database.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%change_counter%' AND pid <> pg_backend_pid()",
      );
      await expect.poll(() => seen.gaps, { timeout: 5_000 }).toBeGreaterThan(gaps);
      await store.changeFeed.publish({ kind: 'user', id: 'bob' });
      await expect.poll(() => seen.changes.at(-1)?.id).toBe('bob');
    }));

  test('is not current two seconds after the network was cut, cannot catch up, and drops the caches once', () =>
    withNode(proxied.href, async (node) => {
      const seen = await watch(node.changeFeed);
      const { gaps } = seen;
      expect(node.changeFeed.isCurrent?.()).toBe(true);
      const cutAt = performance.now();
      proxy.cut();
      await store.changeFeed.publish({ kind: 'user', id: 'missed' });
      await expect.poll(() => node.changeFeed.isCurrent?.(), { timeout: 5_000, interval: 10 }).toBe(false);
      expect(performance.now() - cutAt).toBeLessThan(2_100);
      await expect(node.changeFeed.catchUp?.()).rejects.toMatchObject({ code: 'store_unavailable' });
      expect(node.changeFeed.lagMs?.()).toBeGreaterThanOrEqual(2_000);
      // At once: a request does not wait for a server that has not answered.
      expect(performance.now() - cutAt).toBeLessThan(2_200);
      await expect.poll(() => seen.gaps, { timeout: 5_000 }).toBe(gaps + 1);
      proxy.restore();
      await expect.poll(() => node.changeFeed.isCurrent?.(), { timeout: 5_000 }).toBe(true);
      expect(node.changeFeed.lagMs?.()).toBeLessThan(2_000);
      expect(seen.gaps).toBe(gaps + 2);
    }));

  test('is not current before its first read, and after it was closed', async () => {
    const node = await openPostgresStore(database);
    expect(node.changeFeed.isCurrent?.()).toBe(false);
    await node.changeFeed.catchUp?.();
    expect(node.changeFeed.isCurrent?.()).toBe(true);
    await node.close();
    expect(node.changeFeed.isCurrent?.()).toBe(false);
  });
});
