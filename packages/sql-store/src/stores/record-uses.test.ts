import { expect, test } from 'vitest';
import type { Database, Query } from '../database/database.ts';
import { createAdminKeys } from './admin-keys.ts';
import { createKeys } from './keys.ts';
import { createOauthGrants } from './oauth-grants.ts';

/** Runs the statements of a transaction without a database, and keeps them. */
function createRecorder() {
  const queries: Query[] = [];
  const database = {
    async transaction(work: () => Generator<Query, unknown, unknown>) {
      queries.push(...work());
    },
  } as unknown as Database;
  return { database, queries };
}

const useOf = (id: number) => ({ id, usedAt: 1, ipAddress: '192.0.2.7', userAgent: 'half \ud83d' });
const uses = [9, 10, 2].map(useOf);
const rowsOf = (query?: Query): { id: number; userAgent: string }[] =>
  JSON.parse(String(query?.parameters.uses));

const kinds = [
  ['keys', (database: Database) => createKeys(database).recordKeysUsed],
  ['admin keys', (database: Database) => createAdminKeys(database).recordAdminKeysUsed],
  ['OAuth grants', (database: Database) => createOauthGrants(database).recordOauthGrantsUsed],
] as const;

test.each(kinds)(
  'last uses of %s: lock their rows in the order of their ids on every node',
  async (_kind, record) => {
    const { database, queries } = createRecorder();
    await record(database)(uses);
    const [lock, update] = queries;
    expect(lock?.statement.text).toMatch(/ORDER BY id FOR NO KEY UPDATE$/);
    expect(lock?.parameters).toEqual(update?.parameters);
    expect(rowsOf(update)).toMatchObject([{ id: 2 }, { id: 9 }, { id: 10 }]);
    expect(rowsOf(update)[0]?.userAgent).toBe('half \ufffd');
  },
);

test.each(kinds)(
  'last uses of %s: take few statements, each with 500 rows at most',
  async (_kind, record) => {
    const { database, queries } = createRecorder();
    await record(database)(Array.from({ length: 1_001 }, (_, index) => useOf(1_001 - index)));
    expect(queries.map((query) => rowsOf(query).length)).toEqual([500, 500, 500, 500, 1, 1]);
    const ids = queries.filter((_, index) => index % 2).flatMap((query) => rowsOf(query).map(({ id }) => id));
    expect(ids).toEqual(Array.from({ length: 1_001 }, (_, index) => index + 1));
  },
);
