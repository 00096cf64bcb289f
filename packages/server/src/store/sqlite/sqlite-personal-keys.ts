import type { DatabaseSync } from 'node:sqlite';
import type { PersonalKeyStore } from '../personal-key-store.ts';
import { createKeyInsert } from './insert-key.ts';
import { inTransaction } from './open-database.ts';

/** The personal keys of the SQLite store. */
export function createSqlitePersonalKeys(database: DatabaseSync): PersonalKeyStore {
  const insertKey = createKeyInsert(database);
  const countLive = database.prepare(
    `SELECT count(*) AS count FROM user_api_keys
     WHERE user_id = :user AND kind = 'personal' AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > :now)`,
  );
  const hasRoom = (userId: string, now: number, max: number): boolean =>
    Number(countLive.get({ user: userId, now })?.count) < max;

  return {
    async createPersonalKey(key, max) {
      return inTransaction(database, () => (hasRoom(key.userId, key.createdAt, max) ? insertKey(key) : null));
    },
  };
}
