import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { newKey } from '@valetkey/conformance/fixtures';
import type { Store } from '@valetkey/server';
import { afterAll, expect, test } from 'vitest';
import { openSqliteDatabase } from './open-sqlite-database.ts';
import { createSqliteStore } from './sqlite-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'valetkey-sqlite-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = () => join(folder, `${files++}.sqlite`);

test('createSqliteStore: finds all records again after it was closed', async () => {
  const path = newFile();
  const before = createSqliteStore({ path });
  const { key } = await before.replaceKey(newKey());
  await before.close();
  const after = createSqliteStore({ path });
  expect(await after.findKey(key.id)).toEqual(key);
  await after.close();
});

test('createSqliteStore: creates files that other users of the computer cannot read', async () => {
  const own = mkdtempSync(join(folder, 'own-'));
  const schema = { name: 'site', migrations: ['CREATE TABLE notes (text TEXT)'] };
  const store = createSqliteStore({ path: join(own, 'store.sqlite') });
  const database = openSqliteDatabase({ path: join(own, 'site.sqlite'), schema });
  await store.replaceKey(newKey());
  const modes = readdirSync(own).map(
    (name) => `${name} ${(statSync(join(own, name)).mode & 0o777).toString(8)}`,
  );
  expect(modes).toContain('store.sqlite-wal 600');
  expect(modes.filter((line) => !line.endsWith(' 600'))).toEqual([]);
  await store.close();
  await database.close();
});

test('a transaction: reports the error of the database, and the next one works, if SQLite itself rolled back', async () => {
  const path = newFile();
  const store = createSqliteStore({ path });
  const database = new DatabaseSync(path);
  database.exec(
    "CREATE TRIGGER full BEFORE INSERT ON user_api_keys BEGIN SELECT RAISE(ROLLBACK, 'disk full'); END",
  );
  await expect(store.replaceKey(newKey())).rejects.toThrow(/^disk full$/);
  database.exec('DROP TRIGGER full');
  database.close();
  expect((await store.replaceKey(newKey())).replaced).toEqual([]);
  await store.close();
});

test('a change: is rolled back if its audit event cannot be stored', async () => {
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

test('saveSettings: stores none of several settings if one cannot be stored', async () => {
  const store = createSqliteStore({ path: newFile() });
  const values = new Map([['cors_origins', 'a'] as const, ['audit_retention_days', null as never] as const]);
  await expect(store.saveSettings(values)).rejects.toThrow(/NOT NULL/);
  expect(await store.listSettings()).toEqual(new Map());
  await store.close();
});

test('the schema: allows one unrevoked key per user, kind and client, beside retiring ones', async () => {
  const path = newFile();
  await createSqliteStore({ path }).close();
  const database = new DatabaseSync(path);
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

test('a write: throws store_unavailable and changes nothing while another program locks the database', async () => {
  const path = newFile();
  const store = createSqliteStore({ path });
  const { key } = await store.replaceKey(newKey());
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  const unavailable = { name: 'ValetkeyError', code: 'store_unavailable' };
  await expect(store.revokeKey(key.id, 5)).rejects.toMatchObject(unavailable);
  // A single statement, without a transaction of its own.
  await expect(store.saveSentClientId(key.id, 'other')).rejects.toMatchObject(unavailable);
  await expect(store.recordKeysUsed([])).rejects.toMatchObject(unavailable);
  expect(await store.findKeyByHash(key.keyHash)).toEqual(key);
  other.exec('ROLLBACK');
  other.close();
  expect(await store.revokeKey(key.id, 5)).toMatchObject({ revokedAt: 5 });
  await store.close();
});

/** All files of a database: the file itself, its write-ahead log, its index. */
const readFiles = (path: string): string =>
  readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((file) => file.startsWith(path))
    .map((file) => readFileSync(file, 'latin1'))
    .join();

async function approveGrant(store: Store): Promise<void> {
  const codes = { deviceCodeHash: 'd', userCodeHash: 'u', requestTokenHash: 'r', clientId: 'c' };
  const times = { createdAt: 1_000, createdFrom: '192.0.2.7', expiresAt: 601_000 };
  await store.saveGrant({ ...codes, ...times, request: '{"nonce":"nonce-to-find"}' });
  await store.bindGrant({ deviceCodeHash: 'd', userId: 'alice', approvalTokenHash: 't' }, 1_000);
  const approval = { approvalTokenHash: 't', answer: 'answer-to-find', answerUntil: 62_000 };
  expect(await store.approveGrant(approval, newKey(), 1_000)).not.toBeNull();
}

test('deleteExpiredGrants: leaves the nonce of an approved grant and an expired answer in no file', async () => {
  const path = newFile();
  const store = createSqliteStore({ path });
  await store.deleteExpiredGrants(1_000);
  await approveGrant(store);
  expect(readFileSync(`${path}-wal`, 'latin1')).toContain('nonce-to-find');
  await store.deleteExpiredGrants(1_001);
  expect(readFiles(path)).not.toContain('nonce-to-find');
  expect(readFiles(path)).toContain('answer-to-find');
  await store.deleteExpiredGrants(62_000);
  expect(readFiles(path)).not.toContain('answer-to-find');
  await store.close();
});

test('deleteExpiredGrants: tries again after a backup that reads the database', async () => {
  const path = newFile();
  const store = createSqliteStore({ path });
  await store.deleteExpiredGrants(1_000);
  await approveGrant(store);
  const backup = new DatabaseSync(path, { readOnly: true });
  backup.exec('BEGIN; SELECT count(*) FROM settings');
  await store.deleteExpiredGrants(1_001);
  expect(readFiles(path)).toContain('nonce-to-find');
  backup.close();
  await store.deleteExpiredGrants(1_002);
  expect(readFiles(path)).not.toContain('nonce-to-find');
  await store.close();
});

test('deleteExpiredGrants: removes what an earlier process left in the write-ahead log', async () => {
  const path = newFile();
  const killed = createSqliteStore({ path });
  await approveGrant(killed);
  const next = createSqliteStore({ path, exclusive: false });
  await next.deleteExpiredGrants(1_001);
  expect(readFiles(path)).not.toContain('nonce-to-find');
  await next.close();
  await killed.close();
});
