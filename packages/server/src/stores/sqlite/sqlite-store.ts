import type { KeyRecord, NewKey } from '../../core/key/key-record.ts';
import type { AuditEventFactory } from '../../ports/audit-store.ts';
import type { Store, UndoOutcome } from '../../ports/store.ts';
import { createKeyInsert } from './insert-key.ts';
import { inTransaction, openDatabase } from './open-database.ts';
import { keyFromRow, type Row } from './rows.ts';
import { createSqliteAdminKeys } from './sqlite-admin-keys.ts';
import { createSqliteAudit, createWriteDown } from './sqlite-audit.ts';
import { createSqliteClients } from './sqlite-clients.ts';
import { createSqliteGrants } from './sqlite-grants.ts';
import { createRoomCheck, createSqlitePersonalKeys } from './sqlite-personal-keys.ts';
import { createSqlitePushes } from './sqlite-pushes.ts';

/**
 * The store in one SQLite file, for a site that is one process. Durable at commit.
 *
 * @param options.path file to open or create; `:memory:` for one that vanishes
 */
export function createSqliteStore(options: { path: string }): Store {
  const database = openDatabase(options.path);
  const sql = (text: string) => database.prepare(text);

  const byId = sql('SELECT * FROM user_api_keys WHERE id = ?');
  const byHash = sql('SELECT * FROM user_api_keys WHERE key_hash = ?');
  // Each half enters the index at one place, past the dead keys; a comparison with NULL is never true.
  const ofUser = sql(
    `SELECT * FROM user_api_keys WHERE user_id = :user AND revoked_at IS NULL
     UNION ALL SELECT * FROM user_api_keys WHERE user_id = :user AND revoked_at >= :since
     ORDER BY id DESC`,
  );
  const unrevoked = sql(
    'SELECT * FROM user_api_keys WHERE user_id = ? AND kind = ? AND client_id = ? AND revoked_at IS NULL AND retires_at IS NULL',
  );
  const insertKey = createKeyInsert(database);
  const hasRoom = createRoomCheck(database);
  const appendAudit = createWriteDown(database);
  const replace = sql(
    `UPDATE user_api_keys SET revoked_at = ?, revoked_reason = 'replaced'
     WHERE user_id = ? AND kind = ? AND client_id = ? AND revoked_at IS NULL AND retires_at IS NULL RETURNING *`,
  );
  const revoke = sql(
    `UPDATE user_api_keys SET revoked_at = ?, revoked_reason = 'revoked'
     WHERE id = ? AND revoked_at IS NULL RETURNING *`,
  );
  // A comparison with NULL is never true, so a limit that is off revokes nothing.
  const revokeStale = sql(
    `UPDATE user_api_keys
     SET revoked_at = :at, revoked_reason = CASE WHEN created_at < :approvedBefore THEN 'too_old' ELSE 'unused' END
     WHERE revoked_at IS NULL AND (retires_at IS NULL OR retires_at > :at)
       AND (max(created_at, coalesce(last_used_at, 0), coalesce(restored_at, 0)) < :unusedSince OR created_at < :approvedBefore) RETURNING *`,
  );
  const restore = sql(
    'UPDATE user_api_keys SET revoked_at = NULL, revoked_reason = NULL, restored_at = ? WHERE id = ? RETURNING *',
  );
  const forgetDead = sql(
    'DELETE FROM user_api_keys WHERE revoked_at < :before OR expires_at < :before OR retires_at < :before',
  );
  const rename = sql(
    `UPDATE user_api_keys SET client_id = :client WHERE id = :id AND revoked_at IS NULL AND NOT EXISTS (
       SELECT 1 FROM user_api_keys AS other
       WHERE other.user_id = user_api_keys.user_id AND other.kind = user_api_keys.kind AND other.client_id = :client AND other.revoked_at IS NULL AND other.retires_at IS NULL)`,
  );
  const touch = sql(
    `UPDATE user_api_keys SET last_used_at = ?, last_used_address = ?, last_used_agent = ?
     WHERE id = ? AND coalesce(last_used_at, 0) <= ?`,
  );
  const insertPassword = sql('INSERT INTO one_time_passwords VALUES (?, ?, ?)');
  const forgetPasswords = sql('DELETE FROM one_time_passwords WHERE expires_at <= ?');
  const passwordByHash = sql(
    'SELECT user_id FROM one_time_passwords WHERE password_hash = ? AND expires_at > ?',
  );
  const takePassword = sql(
    'DELETE FROM one_time_passwords WHERE password_hash = ? AND expires_at > ? RETURNING user_id',
  );
  const allSettings = sql('SELECT name, value FROM settings');
  const upsertSetting = sql(
    'INSERT INTO settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );

  // Changes nothing where there is one, but then it can be answered.
  const insertSetting = sql(
    'INSERT INTO settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value RETURNING value',
  );
  const userOrNull = (row: Row | undefined) => (row ? String(row.user_id) : null);
  const keyOrNull = (row: Row | undefined) => (row ? keyFromRow(row) : null);

  /** For a transaction that is open. */
  const replaceKey = (key: NewKey, audit?: AuditEventFactory<KeyRecord>) => {
    const replaced = keyOrNull(replace.get(key.createdAt, key.userId, key.kind, key.clientId));
    return { key: appendAudit(insertKey(key), audit), replaced };
  };

  return {
    ...createSqliteAdminKeys(database),
    ...createSqliteAudit(database),
    ...createSqliteClients(database),
    ...createSqliteGrants(database, replaceKey),
    ...createSqlitePersonalKeys(database),
    ...createSqlitePushes(database),
    async replaceKey(key, audit) {
      return inTransaction(database, () => replaceKey(key, audit));
    },
    async findKeyByHash(keyHash) {
      return keyOrNull(byHash.get(keyHash));
    },
    async findKey(id) {
      return keyOrNull(byId.get(id));
    },
    async findUnrevokedKey(userId, kind, clientId) {
      return keyOrNull(unrevoked.get(userId, kind, clientId));
    },
    async listKeys(userId, revokedSince = 0) {
      return ofUser.all({ user: userId, since: revokedSince }).map(keyFromRow);
    },
    async revokeKey(id, revokedAt, audit) {
      return inTransaction(database, () => appendAudit(keyOrNull(revoke.get(revokedAt, id)), audit));
    },
    async revokeStaleKeys({ unusedSince, approvedBefore, revokedAt }, audit) {
      return inTransaction(database, () => {
        const rows = revokeStale.all({ unusedSince, approvedBefore, at: revokedAt });
        return rows.map((row) => appendAudit(keyFromRow(row), audit));
      });
    },
    async undoRevokeKey(id, { restoredAt, max }, audit) {
      return inTransaction(database, (): UndoOutcome => {
        const record = keyOrNull(byId.get(id));
        if (!record) return 'not_found';
        if (record.revokedAt === null) return 'not_revoked';
        if (
          record.revokedReason === 'replaced' ||
          record.retiresAt !== null ||
          unrevoked.get(record.userId, record.kind, record.clientId)
        ) {
          return 'was_replaced';
        }
        if (record.kind === 'personal' && !hasRoom(record.userId, restoredAt, max)) return 'too_many';
        appendAudit(keyOrNull(restore.get(restoredAt, id)), audit);
        return 'restored';
      });
    },
    async forgetDeadKeys(before) {
      return Number(forgetDead.run({ before }).changes);
    },
    async renameClient(id, clientId) {
      return rename.run({ id, client: clientId }).changes === 1;
    },
    async touchKeys(touches) {
      inTransaction(database, () => {
        for (const { id, usedAt, ipAddress, userAgent } of touches)
          touch.run(usedAt, ipAddress, userAgent, id, usedAt);
      });
    },
    async saveOneTimePassword(password, now, audit) {
      inTransaction(database, () => {
        forgetPasswords.run(now);
        insertPassword.run(password.passwordHash, password.userId, password.expiresAt);
        appendAudit(password, audit);
      });
    },
    async findOneTimePassword(passwordHash, now) {
      return userOrNull(passwordByHash.get(passwordHash, now));
    },
    async consumeOneTimePassword(passwordHash, now) {
      // One statement: whoever deletes the row has the answer, and nobody else.
      return userOrNull(takePassword.get(passwordHash, now));
    },
    async listSettings() {
      return new Map(allSettings.all().map((row) => [String(row.name), String(row.value)]));
    },
    async saveSettings(values, audit) {
      inTransaction(database, () => {
        for (const [name, value] of values) {
          upsertSetting.run(name, value);
          appendAudit(name, audit);
        }
      });
    },
    async saveFirstSetting(name, value) {
      return String(insertSetting.get(name, value)?.value);
    },
    async close() {
      database.close();
    },
  };
}
