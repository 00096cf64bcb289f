import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createTestDatabase } from '@valetkey/test-support/postgres/test-database';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { migrationToPostgres } from '../src/database/dialects.ts';
import { openPostgresStore } from '../src/postgres/postgres-store.ts';
import { createSqliteStore } from '../src/sqlite/sqlite-store.ts';
import { checkMigrated, createEarlierSchema, versions } from './earlier-schemas.ts';

const folder = mkdtempSync(join(tmpdir(), 'valetkey-migrations-'));
const postgres = await createTestDatabase();
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await postgres.drop();
});

describe('createSqliteStore', () => {
  test.each(versions)('keeps all records of schema version %i', async (version) => {
    const path = join(folder, `${version}.sqlite`);
    const database = new DatabaseSync(path);
    for (const { migration, rows } of createEarlierSchema(version)) {
      database.exec(migration);
      database.exec(rows);
    }
    database.exec(`PRAGMA user_version=${version}`);
    database.close();
    const store = createSqliteStore({ path });
    await checkMigrated(store, version);
    await store.close();
  });

  test('refuses a database of a newer version, and unlocks it', () => {
    const path = join(folder, 'newer.sqlite');
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version=999');
    expect(() => createSqliteStore({ path })).toThrow(/newer version/);
    database.exec('PRAGMA user_version=0');
    database.close();
    return createSqliteStore({ path }).close();
  });
});

describe('openPostgresStore', () => {
  beforeEach(() => postgres.query('DROP SCHEMA IF EXISTS valetkey CASCADE'));

  test.each(versions)('keeps all records of schema version %i', async (version) => {
    const steps = createEarlierSchema(version).map(
      ({ migration, rows }) => `${migrationToPostgres(migration)};${rows}`,
    );
    await postgres.query(
      `BEGIN; CREATE SCHEMA valetkey; SET LOCAL search_path TO valetkey; ${steps.join(';')};
       CREATE TABLE schema_version (version BIGINT NOT NULL); INSERT INTO schema_version VALUES (${version}); COMMIT`,
    );
    const store = await openPostgresStore(postgres);
    await checkMigrated(store, version);
    await store.close();
    expect(await postgres.query('SELECT version FROM valetkey.schema_version')).toEqual([
      { version: String(versions.length) },
    ]);
  });

  test('refuses a database of a newer version', async () => {
    await openPostgresStore(postgres).then((store) => store.close());
    await postgres.query('UPDATE valetkey.schema_version SET version = 999');
    await expect(openPostgresStore(postgres)).rejects.toThrow(/newer version/);
  });
});
