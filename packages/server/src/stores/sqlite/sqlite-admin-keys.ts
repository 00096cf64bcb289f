import type { DatabaseSync } from 'node:sqlite';
import type {
  AdminKeyRecord,
  AdminKeyStore,
  AdminScope,
  AdminScopeMode,
} from '../../ports/admin-key-store.ts';
import type { AuditEventFactory } from '../../ports/audit-store.ts';
import { inTransaction } from './open-database.ts';
import { numberOrNull, type Row, textOrNull } from './rows.ts';
import { createWriteDown } from './sqlite-audit.ts';

/** The admin keys of the SQLite store. */
export function createSqliteAdminKeys(database: DatabaseSync): AdminKeyStore {
  const sql = (text: string) => database.prepare(text);
  const appendAudit = createWriteDown(database);

  const insert = sql(
    `INSERT INTO admin_api_keys (key_hash, truncated_key, description, user_id, scope_mode, scopes, created_by, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING *`,
  );
  const byHash = sql('SELECT * FROM admin_api_keys WHERE key_hash = ?');
  const byId = sql('SELECT * FROM admin_api_keys WHERE id = ?');
  const all = sql('SELECT * FROM admin_api_keys ORDER BY id DESC');
  const revoke = sql(
    'UPDATE admin_api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL RETURNING *',
  );
  const restore = sql(
    'UPDATE admin_api_keys SET revoked_at = NULL, restored_at = ? WHERE id = ? AND revoked_at IS NOT NULL RETURNING *',
  );
  const remove = sql('DELETE FROM admin_api_keys WHERE id = ? AND revoked_at IS NOT NULL RETURNING *');
  const revokeUnused = sql(
    `UPDATE admin_api_keys SET revoked_at = ?
     WHERE revoked_at IS NULL AND max(created_at, coalesce(last_used_at, 0), coalesce(restored_at, 0)) < ? RETURNING *`,
  );
  const touch = sql(
    'UPDATE admin_api_keys SET last_used_at = ? WHERE id = ? AND coalesce(last_used_at, 0) <= ?',
  );
  const keyOrNull = (row: Row | undefined) => (row ? keyFromRow(row) : null);
  const change = (makeChange: () => Row | undefined, audit: AuditEventFactory<AdminKeyRecord> | undefined) =>
    inTransaction(database, () => appendAudit(keyOrNull(makeChange()), audit));

  return {
    async createAdminKey(key, audit) {
      const { keyHash, truncatedKey, description, userId, scopeMode, scopes, createdBy, createdAt } = key;
      const list = JSON.stringify(scopes);
      return inTransaction(database, () => {
        const row = insert.get(
          keyHash,
          truncatedKey,
          description,
          userId,
          scopeMode,
          list,
          createdBy,
          createdAt,
        );
        return appendAudit(keyFromRow(row as Row), audit);
      });
    },
    async findAdminKeyByHash(keyHash) {
      return keyOrNull(byHash.get(keyHash));
    },
    async findAdminKey(id) {
      return keyOrNull(byId.get(id));
    },
    async listAdminKeys() {
      return all.all().map(keyFromRow);
    },
    async revokeAdminKey(id, revokedAt, audit) {
      return change(() => revoke.get(revokedAt, id), audit);
    },
    async undoRevokeAdminKey(id, restoredAt, audit) {
      return change(() => restore.get(restoredAt, id), audit);
    },
    async deleteRevokedAdminKey(id, audit) {
      return change(() => remove.get(id), audit);
    },
    async revokeUnusedAdminKeys({ unusedSince, revokedAt }, audit) {
      return inTransaction(database, () =>
        revokeUnused.all(revokedAt, unusedSince).map((row) => appendAudit(keyFromRow(row), audit)),
      );
    },
    async touchAdminKeys(touches) {
      inTransaction(database, () => {
        for (const { id, usedAt } of touches) touch.run(usedAt, id, usedAt);
      });
    },
  };
}

function keyFromRow(row: Row): AdminKeyRecord {
  return {
    id: Number(row.id),
    keyHash: String(row.key_hash),
    truncatedKey: String(row.truncated_key),
    description: String(row.description),
    userId: textOrNull(row.user_id),
    scopeMode: row.scope_mode as AdminScopeMode,
    scopes: JSON.parse(String(row.scopes)) as AdminScope[],
    createdBy: String(row.created_by),
    createdAt: Number(row.created_at),
    lastUsedAt: numberOrNull(row.last_used_at),
    revokedAt: numberOrNull(row.revoked_at),
    restoredAt: numberOrNull(row.restored_at),
  };
}
