import type { OneTimePassword, OneTimePasswordStore } from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { type Row, statement } from '../database/statement.ts';
import { appendAudit } from './audit.ts';
import { textOrNull } from './rows.ts';

const insert = statement(
  `INSERT INTO valetkey.one_time_passwords (password_hash, user_id, key_hash, application_name, auth_redirect, expires_at)
   VALUES (:passwordHash, :userId, :keyHash, :applicationName, :authRedirect, :expiresAt)`,
);
const deleteExpired = statement('DELETE FROM valetkey.one_time_passwords WHERE expires_at <= :now');
const byHash = statement(
  'SELECT * FROM valetkey.one_time_passwords WHERE password_hash = :passwordHash AND expires_at > :now',
);
const consume = statement(
  'DELETE FROM valetkey.one_time_passwords WHERE password_hash = :passwordHash AND expires_at > :now RETURNING *',
);

/** The one-time passwords. */
export function createOneTimePasswords(database: Database): OneTimePasswordStore {
  return {
    saveOneTimePassword: (password, now, audit) =>
      database.transaction(function* () {
        yield deleteExpired({ now });
        yield insert({ ...password });
        yield* appendAudit(password, audit);
      }),
    async findOneTimePassword(passwordHash, now) {
      const [row] = await database.run(byHash({ passwordHash, now }));
      return row ? passwordFromRow(row) : null;
    },
    consumeOneTimePassword: (passwordHash, now, audit) =>
      // Only the caller that deletes the row gets it.
      database.transaction(function* () {
        const [row] = yield consume({ passwordHash, now });
        return yield* appendAudit(row ? passwordFromRow(row) : null, audit);
      }),
  };
}

function passwordFromRow(row: Row): OneTimePassword {
  return {
    passwordHash: String(row.password_hash),
    userId: String(row.user_id),
    keyHash: textOrNull(row.key_hash),
    applicationName: String(row.application_name),
    authRedirect: textOrNull(row.auth_redirect),
    expiresAt: Number(row.expires_at),
  };
}
