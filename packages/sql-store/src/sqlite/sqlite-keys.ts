import type { DatabaseSync } from 'node:sqlite';
import type { AuditEventFactory, KeyRecord, KeyStore, NewKey, UndoOutcome } from '@valetkey/server';
import { createKeyRows, IS_UNUSED } from './key-rows.ts';
import { inTransaction } from './open-database.ts';
import { keyFromRow, type Row } from './rows.ts';
import { createAuditAppender } from './sqlite-audit.ts';
import { createKeyInsert, createLimitCheck } from './sqlite-personal-keys.ts';

/** Part of a WHERE: true for keys that occupy the slot of their user, kind and client. */
const HAS_SLOT = 'revoked_at IS NULL AND retires_at IS NULL';

/** `KeyStore.replaceKey` for a transaction that is open. */
export type ReplaceKey = (
  key: NewKey,
  audit?: AuditEventFactory<KeyRecord>,
) => { key: KeyRecord; replaced: readonly KeyRecord[] };

export function createKeyReplacement(database: DatabaseSync): ReplaceKey {
  const insertKey = createKeyInsert(database);
  const appendAudit = createAuditAppender(database);
  const replace = database.prepare(
    `UPDATE user_api_keys SET revoked_at = :createdAt, revoked_reason = 'replaced'
     WHERE user_id = :userId AND kind = :kind AND (client_id = :clientId OR sent_client_id = :clientId)
       AND ${HAS_SLOT} RETURNING *`,
  );
  return (key, audit) => {
    const { createdAt, userId, kind, clientId } = key;
    const replaced = replace.all({ createdAt, userId, kind, clientId }).map(keyFromRow);
    return { key: appendAudit(insertKey(key), audit), replaced };
  };
}

/** The user keys in SQLite. */
export function createSqliteKeys(database: DatabaseSync, replaceKey: ReplaceKey): KeyStore {
  const sql = (text: string) => database.prepare(text);
  const rows = createKeyRows(database, 'user_api_keys', keyFromRow);
  const isBelowLimit = createLimitCheck(database);
  const appendAudit = createAuditAppender(database);

  // Each half reads one range of the index by user and revocation. A comparison with NULL is never true.
  const page = sql(
    `SELECT * FROM user_api_keys WHERE user_id = :userId AND revoked_at IS NULL AND id < :beforeId
     UNION ALL SELECT * FROM user_api_keys WHERE user_id = :userId AND revoked_at >= :revokedSince AND id < :beforeId
     ORDER BY id DESC LIMIT :limit`,
  );
  const unrevoked = sql(
    `SELECT * FROM user_api_keys WHERE user_id = ? AND kind = ? AND client_id = ? AND ${HAS_SLOT}`,
  );
  const revoke = sql(
    `UPDATE user_api_keys SET revoked_at = ?, revoked_reason = ?
     WHERE id = ? AND revoked_at IS NULL RETURNING *`,
  );
  // A comparison with NULL is never true, so a limit that is null revokes nothing.
  const revokeStale = sql(
    `UPDATE user_api_keys
     SET revoked_at = :revokedAt, revoked_reason = CASE WHEN created_at < :approvedBefore THEN 'too_old' ELSE 'unused' END
     WHERE id > :afterId AND id <= :lastId
       AND revoked_at IS NULL AND (retires_at IS NULL OR retires_at > :revokedAt)
       AND (${IS_UNUSED} OR created_at < :approvedBefore) RETURNING *`,
  );
  const restore = sql(
    'UPDATE user_api_keys SET revoked_at = NULL, revoked_reason = NULL, restored_at = ? WHERE id = ? RETURNING *',
  );
  const deleteExpired = sql(
    `DELETE FROM user_api_keys WHERE id > :afterId AND id <= :lastId
       AND (revoked_at < :before OR expires_at < :before OR retires_at < :before) RETURNING *`,
  );
  const saveSentClientId = sql(
    `UPDATE user_api_keys SET sent_client_id = :sentClientId
     WHERE id = :id AND revoked_at IS NULL AND sent_client_id IS NOT :sentClientId RETURNING *`,
  );
  const recordUsed = sql(
    `UPDATE user_api_keys SET last_used_at = :usedAt, last_used_ip_address = :ipAddress, last_used_user_agent = :userAgent
     WHERE id = :id AND coalesce(last_used_at, 0) <= :usedAt`,
  );
  const keyOrNull = (row: Row | undefined) => (row ? keyFromRow(row) : null);

  return {
    async replaceKey(key, audit) {
      return inTransaction(database, () => replaceKey(key, audit));
    },
    async findKeyByHash(keyHash) {
      return rows.findByHash(keyHash);
    },
    async findKey(id) {
      return rows.find(id);
    },
    async findUnrevokedKey(userId, kind, clientId) {
      return keyOrNull(unrevoked.get(userId, kind, clientId));
    },
    async listKeys(userId, { revokedSince = 0, beforeId, limit = 100 } = {}) {
      const range = { userId, revokedSince, beforeId: beforeId ?? Number.MAX_SAFE_INTEGER, limit };
      return page.all(range).map(keyFromRow);
    },
    async revokeKey(id, revokedAt, audit, reason = 'revoked') {
      return rows.change(() => revoke.get(revokedAt, reason, id), audit);
    },
    async revokeStaleKeys(stale, audit) {
      const { changed, lastId } = rows.changeBatch(revokeStale, { ...stale }, audit);
      return { revoked: changed, lastId };
    },
    async undoRevokeKey(id, { restoredAt, max, reason = null }, audit) {
      return inTransaction(database, (): UndoOutcome => {
        const key = rows.find(id);
        if (!key) return 'not_found';
        if (key.revokedAt === null || (reason ?? key.revokedReason) !== key.revokedReason)
          return 'not_revoked';
        const isReplaced = key.revokedReason === 'replaced' || key.retiresAt !== null;
        if (isReplaced || unrevoked.get(key.userId, key.kind, key.clientId)) return 'was_replaced';
        if (key.kind === 'personal' && !isBelowLimit(key.userId, restoredAt, max)) return 'too_many';
        appendAudit(keyOrNull(restore.get(restoredAt, id)), audit);
        return 'restored';
      });
    },
    async deleteExpiredKeys(range) {
      const { changed, lastId } = rows.changeBatch(deleteExpired, { ...range });
      return { deleted: changed.length, lastId };
    },
    async saveSentClientId(id, sentClientId, audit) {
      return rows.change(() => saveSentClientId.get({ id, sentClientId }), audit);
    },
    async recordKeysUsed(uses) {
      inTransaction(database, () => {
        for (const use of uses) recordUsed.run({ ...use });
      });
    },
  };
}
