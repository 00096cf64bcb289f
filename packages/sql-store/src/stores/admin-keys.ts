import type { AdminKeyRecord, AdminKeyStore, AdminScope, AdminScopeMode } from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { type Row, statement } from '../database/statement.ts';
import { createKeyRows, IS_UNUSED } from './key-rows.ts';
import { createRecordUses } from './record-uses.ts';
import { numberOrNull, textOrNull } from './rows.ts';

const insert = statement(
  `INSERT INTO valetkey.admin_api_keys (key_hash, truncated_key, description, user_id, scope_mode, scopes, created_by, created_at)
   VALUES (:keyHash, :truncatedKey, :description, :userId, :scopeMode, :scopes, :createdBy, :createdAt) RETURNING *`,
);
const page = statement(
  'SELECT * FROM valetkey.admin_api_keys WHERE id < :beforeId ORDER BY id DESC LIMIT :limit',
);
const revoke = statement(
  'UPDATE valetkey.admin_api_keys SET revoked_at = :revokedAt WHERE id = :id AND revoked_at IS NULL RETURNING *',
);
const restore = statement(
  `UPDATE valetkey.admin_api_keys SET revoked_at = NULL, restored_at = :restoredAt
   WHERE id = :id AND revoked_at IS NOT NULL RETURNING *`,
);
const remove = statement(
  'DELETE FROM valetkey.admin_api_keys WHERE id = :id AND revoked_at IS NOT NULL RETURNING *',
);
const revokeUnused = statement(
  `UPDATE valetkey.admin_api_keys SET revoked_at = :revokedAt
   WHERE id > :afterId AND id <= :lastId AND revoked_at IS NULL AND ${IS_UNUSED} RETURNING *`,
);
const recordUses = createRecordUses('admin_api_keys', { details: false });

/** The admin keys. */
export function createAdminKeys(database: Database): AdminKeyStore {
  const rows = createKeyRows(database, 'admin_api_keys', keyFromRow);
  return {
    async createAdminKey({ scopes, ...key }, audit) {
      return (await rows.change(insert({ ...key, scopes: JSON.stringify(scopes) }), audit)) as AdminKeyRecord;
    },
    findAdminKeyByHash: rows.findByHash,
    findAdminKey: rows.find,
    async listAdminKeys({ beforeId, limit = 100 } = {}) {
      const found = await database.run(page({ beforeId: beforeId ?? Number.MAX_SAFE_INTEGER, limit }));
      return found.map(keyFromRow);
    },
    revokeAdminKey: (id, revokedAt, audit) => rows.change(revoke({ id, revokedAt }), audit),
    undoRevokeAdminKey: (id, restoredAt, audit) => rows.change(restore({ id, restoredAt }), audit),
    deleteRevokedAdminKey: (id, audit) => rows.change(remove({ id }), audit),
    async revokeUnusedAdminKeys(unused, audit) {
      const { changed, lastId } = await rows.changeBatch(revokeUnused, { ...unused }, audit);
      return { revoked: changed, lastId };
    },
    recordAdminKeysUsed: (uses) => database.transaction(() => recordUses(uses)),
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
