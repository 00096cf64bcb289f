import type { DatabaseSync } from 'node:sqlite';
import type { OneTimePasswordStore } from '@valetkey/server';
import { inTransaction } from './open-database.ts';
import type { Row } from './rows.ts';
import { createAuditAppender } from './sqlite-audit.ts';

/** The one-time passwords in SQLite. */
export function createSqliteOneTimePasswords(database: DatabaseSync): OneTimePasswordStore {
  const appendAudit = createAuditAppender(database);
  const insert = database.prepare('INSERT INTO one_time_passwords VALUES (?, ?, ?)');
  const deleteExpired = database.prepare('DELETE FROM one_time_passwords WHERE expires_at <= ?');
  const byHash = database.prepare(
    'SELECT user_id FROM one_time_passwords WHERE password_hash = ? AND expires_at > ?',
  );
  const consume = database.prepare(
    'DELETE FROM one_time_passwords WHERE password_hash = ? AND expires_at > ? RETURNING user_id',
  );
  const userOrNull = (row: Row | undefined) => (row ? String(row.user_id) : null);
  return {
    async saveOneTimePassword(password, now, audit) {
      inTransaction(database, () => {
        deleteExpired.run(now);
        insert.run(password.passwordHash, password.userId, password.expiresAt);
        appendAudit(password, audit);
      });
    },
    async findOneTimePassword(passwordHash, now) {
      return userOrNull(byHash.get(passwordHash, now));
    },
    async consumeOneTimePassword(passwordHash, now) {
      // One statement: only the caller that deletes the row gets the user id.
      return userOrNull(consume.get(passwordHash, now));
    },
  };
}
