import type { DatabaseSync } from 'node:sqlite';
import type { OneTimePassword, OneTimePasswordStore } from '@valetkey/server';
import { inTransaction } from './open-database.ts';
import { type Row, textOrNull } from './rows.ts';
import { createAuditAppender } from './sqlite-audit.ts';

/** The one-time passwords in SQLite. */
export function createSqliteOneTimePasswords(database: DatabaseSync): OneTimePasswordStore {
  const appendAudit = createAuditAppender(database);
  const insert = database.prepare(
    `INSERT INTO one_time_passwords (password_hash, user_id, key_hash, application_name, expires_at)
     VALUES (:passwordHash, :userId, :keyHash, :applicationName, :expiresAt)`,
  );
  const deleteExpired = database.prepare('DELETE FROM one_time_passwords WHERE expires_at <= ?');
  const byHash = database.prepare(
    'SELECT * FROM one_time_passwords WHERE password_hash = ? AND expires_at > ?',
  );
  const consume = database.prepare(
    'DELETE FROM one_time_passwords WHERE password_hash = ? AND expires_at > ? RETURNING *',
  );
  const passwordOrNull = (row: Row | undefined) => (row ? passwordFromRow(row) : null);
  return {
    async saveOneTimePassword(password, now, audit) {
      inTransaction(database, () => {
        deleteExpired.run(now);
        insert.run({ ...password });
        appendAudit(password, audit);
      });
    },
    async findOneTimePassword(passwordHash, now) {
      return passwordOrNull(byHash.get(passwordHash, now));
    },
    async consumeOneTimePassword(passwordHash, now, audit) {
      // Only the caller that deletes the row gets it.
      return inTransaction(database, () =>
        appendAudit(passwordOrNull(consume.get(passwordHash, now)), audit),
      );
    },
  };
}

function passwordFromRow(row: Row): OneTimePassword {
  return {
    passwordHash: String(row.password_hash),
    userId: String(row.user_id),
    keyHash: textOrNull(row.key_hash),
    applicationName: String(row.application_name),
    expiresAt: Number(row.expires_at),
  };
}
