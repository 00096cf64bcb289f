import type { DatabaseSync } from 'node:sqlite';
import type { AdminKeyRecord, AdminKeyStore, AdminScope, AdminScopeMode } from '@valetkey/server';
import { createKeyRows, IS_UNUSED } from './key-rows.ts';
import { inTransaction } from './open-database.ts';
import { numberOrNull, type Row, textOrNull } from './rows.ts';

/** The admin keys in SQLite. */
export function createSqliteAdminKeys(database: DatabaseSync): AdminKeyStore {
  const sql = (text: string) => database.prepare(text);
  const rows = createKeyRows(database, 'admin_api_keys', keyFromRow);

  const insert = sql(
    `INSERT INTO admin_api_keys (key_hash, truncated_key, description, user_id, scope_mode, scopes, created_by, created_at)
     VALUES (:keyHash, :truncatedKey, :description, :userId, :scopeMode, :scopes, :createdBy, :createdAt) RETURNING *`,
  );
  const page = sql('SELECT * FROM admin_api_keys WHERE id < ? ORDER BY id DESC LIMIT ?');
  const revoke = sql(
    'UPDATE admin_api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL RETURNING *',
  );
  const restore = sql(
    'UPDATE admin_api_keys SET revoked_at = NULL, restored_at = ? WHERE id = ? AND revoked_at IS NOT NULL RETURNING *',
  );
  const remove = sql('DELETE FROM admin_api_keys WHERE id = ? AND revoked_at IS NOT NULL RETURNING *');
  const revokeUnused = sql(
    `UPDATE admin_api_keys SET revoked_at = :revokedAt
     WHERE id > :afterId AND id <= :lastId AND revoked_at IS NULL AND ${IS_UNUSED} RETURNING *`,
  );
  const recordUsed = sql(
    'UPDATE admin_api_keys SET last_used_at = ? WHERE id = ? AND coalesce(last_used_at, 0) <= ?',
  );

  return {
    async createAdminKey({ scopes, ...key }, audit) {
      const insertKey = () => insert.get({ ...key, scopes: JSON.stringify(scopes) });
      return rows.change(insertKey, audit) as AdminKeyRecord;
    },
    async findAdminKeyByHash(keyHash) {
      return rows.findByHash(keyHash);
    },
    async findAdminKey(id) {
      return rows.find(id);
    },
    async listAdminKeys({ beforeId, limit = 100 } = {}) {
      return page.all(beforeId ?? Number.MAX_SAFE_INTEGER, limit).map(keyFromRow);
    },
    async revokeAdminKey(id, revokedAt, audit) {
      return rows.change(() => revoke.get(revokedAt, id), audit);
    },
    async undoRevokeAdminKey(id, restoredAt, audit) {
      return rows.change(() => restore.get(restoredAt, id), audit);
    },
    async deleteRevokedAdminKey(id, audit) {
      return rows.change(() => remove.get(id), audit);
    },
    async revokeUnusedAdminKeys(unused, audit) {
      const { changed, lastId } = rows.changeBatch(revokeUnused, { ...unused }, audit);
      return { revoked: changed, lastId };
    },
    async recordAdminKeysUsed(uses) {
      inTransaction(database, () => {
        for (const { id, usedAt } of uses) recordUsed.run(usedAt, id, usedAt);
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
