import { inspect } from 'node:util';
import { newKey } from '@valetkey/conformance/fixtures';
import { startPgbouncer } from '@valetkey/test-support/postgres/start-pgbouncer';
import { createTestDatabase } from '@valetkey/test-support/postgres/test-database';
import pg from 'pg';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { openPostgresStore } from '../src/postgres/postgres-store.ts';

const database = await createTestDatabase();
const bouncer = await startPgbouncer(database.url);
afterAll(async () => {
  await bouncer?.stop();
  await database.drop();
});
beforeEach(() => database.query('DROP SCHEMA IF EXISTS valetkey CASCADE'));

/** Directly, and through pgbouncer where it is installed. */
const urls = Object.entries({ 'a server': database.url, ...(bouncer && { pgbouncer: bouncer.url }) });

test('pgbouncer: is installed in CI (apt-get install pgbouncer)', () => {
  expect(bouncer !== null || process.env.CI === undefined).toBe(true);
});

describe.each(urls)('openPostgresStore at %s', (_name, url) => {
  test('four nodes that start at once on an empty database make one schema', async () => {
    for (let round = 0; round < 2; round += 1) {
      const stores = await Promise.all(Array.from({ length: 4 }, () => openPostgresStore({ url })));
      const { key } = (await stores[0]?.replaceKey(newKey())) ?? {};
      for (const store of stores) expect(await store.findKey(key?.id ?? 0)).toEqual(key);
      expect(await database.query('SELECT count(*) AS count FROM valetkey.schema_version')).toEqual([
        { count: '1' },
      ]);
      for (const store of stores) await store.close();
      await database.query('DROP SCHEMA valetkey CASCADE');
    }
  });

  test('locks of transactions hold: twenty concurrent personal keys on two nodes stay within the limit', async () => {
    const stores = [await openPostgresStore({ url }), await openPostgresStore({ url })] as const;
    const keys = Array.from({ length: 20 }, (_, index) =>
      stores[index % 2 === 0 ? 0 : 1].createPersonalKey(
        newKey({ kind: 'personal', clientId: `c${index}` }),
        3,
      ),
    );
    expect((await Promise.all(keys)).filter((key) => key !== null)).toHaveLength(3);
    for (const store of stores) await store.close();
  });
});

describe('openPostgresStore', () => {
  test('leaves tables of the site alone, also those with the names of its own', async () => {
    await database.query(
      "CREATE TABLE public.settings (mine TEXT); INSERT INTO public.settings VALUES ('kept')",
    );
    const store = await openPostgresStore(database);
    await store.saveSettings(new Map([['cors_origins', 'a']]));
    expect(await database.query('SELECT * FROM public.settings')).toEqual([{ mine: 'kept' }]);
    await store.close();
    await database.query('DROP TABLE public.settings');
  });

  test('uses a pool of the site, and does not close it', async () => {
    const pool = new pg.Pool({ connectionString: database.url });
    const store = await openPostgresStore({ pool });
    await store.close();
    expect((await pool.query('SELECT count(*) FROM valetkey.settings')).rows).toEqual([{ count: '0' }]);
    await pool.end();
  });

  test.each([
    'postgres://valetkey:pass-to-find@127.0.0.1:1/none',
    'postgres://valetkey:pass-to-find@[bad/none',
    'postgres://valetkey:pass-to-find@127.0.0.1:99999/none',
  ])('reveals no password if it cannot connect: %#', async (url) => {
    const error: unknown = await openPostgresStore({ url }).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Error);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('pass-to-find');
  });

  test('throws store_unavailable with the reason if the server or the database is not there', async () => {
    const missing = new URL(database.url);
    missing.pathname = '/missing';
    await expect(openPostgresStore({ url: missing.href })).rejects.toMatchObject({
      code: 'store_unavailable',
      cause: { message: 'database "missing" does not exist' },
    });
    await expect(openPostgresStore({ url: 'postgres://postgres@127.0.0.1:1/none' })).rejects.toMatchObject({
      code: 'store_unavailable',
      cause: { message: expect.stringContaining('ECONNREFUSED') },
    });
  });
});

describe('a store on PostgreSQL', () => {
  test('rejects a duplicate without the values in the error', async () => {
    const store = await openPostgresStore(database);
    const { key } = await store.replaceKey(newKey());
    const error: unknown = await store.replaceKey(newKey({ keyHash: key.keyHash })).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'PostgresError', code: '23505' });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(key.keyHash);
    await store.close();
  });

  test('works again after the server closed its connections', async () => {
    const store = await openPostgresStore(database);
    const { key } = await store.replaceKey(newKey());
    await database.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await expect.poll(() => store.findKey(key.id).catch(() => null)).toEqual(key);
    expect(await store.revokeKey(key.id, 9)).toMatchObject({ revokedAt: 9 });
    await store.close();
  });

  test('throws store_unavailable on a read-only server, and changes nothing', async () => {
    const store = await openPostgresStore(database);
    const { key } = await store.replaceKey(newKey());
    await database.query(
      `ALTER DATABASE ${new URL(database.url).pathname.slice(1)} SET default_transaction_read_only = on`,
    );
    const standby = new pg.Pool({ connectionString: database.url });
    await expect(openPostgresStore({ pool: standby })).rejects.toMatchObject({ code: 'store_unavailable' });
    await standby.end();
    await database.query(
      `ALTER DATABASE ${new URL(database.url).pathname.slice(1)} RESET default_transaction_read_only`,
    );
    expect(await store.findKey(key.id)).toEqual(key);
    await store.close();
  });

  test('runs a transaction again after a deadlock', async () => {
    const store = await openPostgresStore(database);
    const [first, second] = [
      await store.replaceKey(newKey({ clientId: 'a' })),
      await store.replaceKey(newKey({ clientId: 'b' })),
    ].map(({ key }) => key.id);
    const other = new pg.Client(database.url);
    await other.connect();
    // The other transaction is not the one that PostgreSQL ends: it waits longer before it looks for deadlocks.
    await other.query("BEGIN; SET LOCAL deadlock_timeout = '9s'");
    const lock = 'SELECT id FROM valetkey.user_api_keys WHERE id = $1 FOR UPDATE';
    await other.query(lock, [second]);
    const use = { usedAt: 5, ipAddress: '192.0.2.7', userAgent: null };
    const recording = store.recordKeysUsed([first, second].map((id = 0) => ({ id, ...use })));
    await expect.poll(() => database.query('SELECT 1 FROM pg_locks WHERE NOT granted')).toHaveLength(1);
    const crossing = other.query(lock, [first]);
    await crossing;
    await other.query('COMMIT');
    await recording;
    expect((await store.findKey(second ?? 0))?.lastUsedAt).toBe(5);
    await other.end();
    await store.close();
  });
});
