import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import { withStoreErrors } from './store-errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'valetkey-store-errors-'));
afterAll(() => rmSync(folder, { recursive: true }));

const writerOf = (database: DatabaseSync) => ({
  write: async (bytes: number) =>
    withStoreErrors(() => database.prepare('INSERT INTO t VALUES (zeroblob(?))').run(bytes)),
  read: async () => database.prepare('SELECT count(*) AS count FROM t').get()?.count,
});

describe('a store whose database cannot be written', () => {
  test('throws store_unavailable on a full disk, and still reads', async () => {
    const database = new DatabaseSync(':memory:');
    database.exec('CREATE TABLE t (data BLOB); PRAGMA max_page_count = 20');
    const store = writerOf(database);
    await store.write(10);
    await expect(store.write(1_000_000)).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(await store.read()).toBe(1);
    await store.write(10);
  });

  test('throws store_unavailable on a read-only database, and still reads', async () => {
    const path = join(folder, 'read-only.sqlite');
    const owner = new DatabaseSync(path);
    owner.exec('CREATE TABLE t (data BLOB)');
    const store = writerOf(new DatabaseSync(path, { readOnly: true }));
    await expect(store.write(10)).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(await store.read()).toBe(0);
    owner.close();
  });

  test('passes on errors of the program', async () => {
    const database = new DatabaseSync(':memory:');
    await expect(writerOf(database).write(1)).rejects.toThrow(/no such table/);
  });
});
