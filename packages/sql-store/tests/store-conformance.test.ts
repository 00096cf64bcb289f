import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeConformance } from '@valetkey/conformance';
import type { Store } from '@valetkey/server';
import { createMemoryStore } from '@valetkey/server/store/memory';
import { addHostileOverloads } from '@valetkey/test-support/postgres/add-hostile-overloads';
import { createTestDatabase, emptyTables } from '@valetkey/test-support/postgres/test-database';
import { afterAll, describe, expect, test } from 'vitest';
import { openPostgresStore } from '../src/postgres/postgres-store.ts';
import { createSqliteStore } from '../src/sqlite/sqlite-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'valetkey-store-'));
const database = await createTestDatabase();
// Another user of the database can add them. They raise an error if a statement calls one.
await addHostileOverloads(database);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await closePostgres();
  await database.drop();
});
let files = 0;

function openMemoryStores() {
  const store = createMemoryStore();
  return [store, store] as const;
}

/** Two connections to one file. */
function openSqliteStores() {
  files += 1;
  const path = join(folder, `${files}.sqlite`);
  return [createSqliteStore({ path }), createSqliteStore({ path, exclusive: false })] as const;
}

const nodes = [await openPostgresStore(database), await openPostgresStore(database)] as const;
const closePostgres = () => Promise.all(nodes.map((store) => store.close()));

/** Two pools on one database, which is emptied before each case. */
async function openPostgresStores(): Promise<readonly [Store, Store]> {
  await emptyTables(database);
  const close = async () => {};
  return [
    { ...nodes[0], close },
    { ...nodes[1], close },
  ];
}

const stores = { memory: openMemoryStores, sqlite: openSqliteStores, postgres: openPostgresStores };

describe.each(Object.entries(stores))('the %s store', (_name, openStores) => {
  for (const { name, run } of storeConformance(openStores)) test(name, run);
});

test('storeConformance: fails for two stores that do not share their records', async () => {
  const outcomes = await Promise.allSettled(
    storeConformance(() => [createMemoryStore(), createMemoryStore()]).map(({ run }) => run()),
  );
  const passed = outcomes.filter(({ status }) => status === 'fulfilled');
  expect(passed.length).toBeLessThan(outcomes.length / 10);
});
