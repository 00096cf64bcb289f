import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import { newKey } from '../testing/conformance-fixtures.ts';
import { storeConformance } from '../testing/store-conformance.ts';
import { createMemoryStore } from './memory/memory-store.ts';
import { migrations } from './sqlite/migrations.ts';
import { openDatabase } from './sqlite/open-database.ts';
import { createSqliteStore } from './sqlite/sqlite-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'valetkey-store-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = () => join(folder, `${files++}.sqlite`);

const stores = {
  memory: createMemoryStore,
  sqlite: () => createSqliteStore({ path: newFile() }),
};

for (const [name, createStore] of Object.entries(stores)) {
  describe(`the ${name} store`, () => {
    for (const { name, run } of storeConformance(createStore)) test(name, run);
  });
}

describe('the sqlite store', () => {
  test('finds everything again after it was closed and opened', async () => {
    const path = newFile();
    const before = createSqliteStore({ path });
    const { key } = await before.replaceKey(newKey());
    await before.close();
    const after = createSqliteStore({ path });
    expect(await after.findKey(key.id)).toEqual(key);
    await after.close();
  });

  test('brings keys of an earlier version along, live and free to rotate', async () => {
    const path = newFile();
    const database = new DatabaseSync(path);
    for (const migration of migrations.slice(0, 3)) database.exec(migration);
    database.exec(
      `INSERT INTO user_api_keys (key_hash, user_id, kind, client_id, application_name, scopes, is_url_key, created_at)
       VALUES ('1', 'u', 'personal', 'c', 'a', 'read', 0, 1);
       PRAGMA user_version=3`,
    );
    database.close();
    const store = createSqliteStore({ path });
    const old = await store.findKeyByHash('1');
    expect(old).toMatchObject({
      revokedAt: null,
      retiresAt: null,
      allowedIpAddresses: null,
      restoredAt: null,
    });
    const successor = { keyHash: '2', createdAt: 5, retiresAt: 9 };
    expect((await store.rotateKey(old?.id ?? 0, successor, 9)).kind).toBe('rotated');
    await store.close();
  });

  test('says what went wrong, and goes on, where the database itself has taken a change back', async () => {
    const path = newFile();
    const store = createSqliteStore({ path });
    const database = new DatabaseSync(path);
    database.exec(
      "CREATE TRIGGER full BEFORE INSERT ON user_api_keys BEGIN SELECT RAISE(ROLLBACK, 'disk full'); END",
    );
    await expect(store.replaceKey(newKey())).rejects.toThrow(/^disk full$/);
    database.exec('DROP TRIGGER full');
    database.close();
    expect((await store.replaceKey(newKey())).replaced).toBeNull();
    await store.close();
  });

  test('changes nothing where the database refuses what is to be written down of it', async () => {
    const path = newFile();
    const store = createSqliteStore({ path });
    const { key } = await store.replaceKey(newKey());
    const database = new DatabaseSync(path);
    database.exec(
      "CREATE TRIGGER full BEFORE INSERT ON audit_events BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    );
    const audit = () => ({
      at: 1,
      action: 'key_revoked' as const,
      actorId: null,
      ownerId: null,
      keyId: key.id,
      subject: 'App',
      ipAddress: '192.0.2.1',
    });
    await expect(store.replaceKey(newKey(), audit)).rejects.toThrow(/disk full/);
    await expect(store.revokeKey(key.id, 5, audit)).rejects.toThrow(/disk full/);
    expect(await store.listKeys(key.userId)).toEqual([key]);
    database.exec('DROP TRIGGER full');
    database.close();
    expect(await store.revokeKey(key.id, 5, audit)).toMatchObject({ revokedAt: 5 });
    await store.close();
  });

  test('refuses a file that a newer program has written', () => {
    const path = newFile();
    const database = openDatabase(path);
    database.exec('PRAGMA user_version=999');
    database.close();
    expect(() => createSqliteStore({ path })).toThrow(/newer version/);
  });

  test('stores none of several settings where one of them cannot be stored', async () => {
    const store = createSqliteStore({ path: newFile() });
    const values = new Map([
      ['cors_origins', 'a'] as const,
      ['audit_retention_days', null as never] as const,
    ]);
    await expect(store.saveSettings(values)).rejects.toThrow(/NOT NULL/);
    expect(await store.listSettings()).toEqual(new Map());
    await store.close();
  });

  test('has one live key per user and client as a rule of the database itself', () => {
    const database = openDatabase(newFile());
    const insert = database.prepare(
      "INSERT INTO user_api_keys (key_hash, user_id, kind, client_id, application_name, scopes, is_url_key, created_at) VALUES (?, 'u', 'app', 'c', 'a', '', 0, 1)",
    );
    insert.run('1');
    expect(() => insert.run('2')).toThrow(/UNIQUE/);
    database.exec("UPDATE user_api_keys SET retires_at = 9 WHERE key_hash = '1'");
    insert.run('2');
    expect(() => insert.run('3')).toThrow(/UNIQUE/);
    database.close();
  });
});
