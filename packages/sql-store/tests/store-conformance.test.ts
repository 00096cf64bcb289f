import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeConformance } from '@valetkey/conformance';
import { createMemoryStore } from '@valetkey/server/store/memory';
import { afterAll, describe, expect, test } from 'vitest';
import { createSqliteStore } from '../src/sqlite/sqlite-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'valetkey-store-'));
afterAll(() => rmSync(folder, { recursive: true }));
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

const stores = { memory: openMemoryStores, sqlite: openSqliteStores };

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
