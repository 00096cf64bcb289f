import { expect, test } from 'vitest';
import type { Database, Query } from '../database/database.ts';
import { createAdminKeys } from './admin-keys.ts';
import { createKeys } from './keys.ts';
import { createOauthGrants } from './oauth-grants.ts';

/** Runs the statements of a transaction without a database, and notes their ids. */
function createRecorder() {
  const ids: unknown[] = [];
  const database = {
    async transaction(work: () => Generator<Query, unknown, unknown>) {
      for (const { parameters } of work()) ids.push(parameters.id);
    },
  } as unknown as Database;
  return { database, ids };
}

const uses = [9, 10, 2].map((id) => ({ id, usedAt: 1, ipAddress: '192.0.2.7', userAgent: null }));

test.each([
  ['keys', (database: Database) => createKeys(database).recordKeysUsed(uses)],
  ['admin keys', (database: Database) => createAdminKeys(database).recordAdminKeysUsed(uses)],
  ['OAuth grants', (database: Database) => createOauthGrants(database).recordOauthGrantsUsed(uses)],
])('last uses of %s: are stored in the order of their ids on every node', async (_case, record) => {
  const { database, ids } = createRecorder();
  await record(database);
  expect(ids).toEqual([2, 9, 10]);
});
