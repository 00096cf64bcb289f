import type { KeyStore, UndoOutcome } from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { statement, type Work } from '../database/statement.ts';
import { appendAudit } from './audit.ts';
import { recordChanges } from './changes.ts';
import { createKeyRows, IS_UNUSED } from './key-rows.ts';
import { lockKey } from './personal-keys.ts';
import { createRecordUses } from './record-uses.ts';
import { HAS_SLOT, isBelowLimit, replaceKey } from './replace-key.ts';
import { keyFromRow, matchPart, matchScope } from './rows.ts';

// Each half reads one range of the index by user and revocation. A comparison with NULL is never true.
const page = statement(
  `SELECT * FROM valetkey.user_api_keys WHERE user_id = :userId AND revoked_at IS NULL AND id < :beforeId
   UNION ALL
   SELECT * FROM valetkey.user_api_keys
   WHERE user_id = :userId AND revoked_at >= :revokedSince AND id < :beforeId
   ORDER BY id DESC LIMIT :limit`,
);
const unrevoked = statement(
  `SELECT * FROM valetkey.user_api_keys
   WHERE user_id = :userId AND kind = :kind AND client_id = :clientId AND ${HAS_SLOT}`,
);
// A parameter that is null restricts nothing. The casts tell PostgreSQL its type.
const matching = statement(
  `SELECT * FROM valetkey.user_api_keys
   WHERE id < :beforeId AND revoked_at IS NULL
     AND (expires_at IS NULL OR expires_at > :activeAt) AND (retires_at IS NULL OR retires_at > :activeAt)
     AND (CAST(:userId AS TEXT) IS NULL OR user_id = :userId)
     AND (CAST(:kind AS TEXT) IS NULL OR kind = :kind)
     AND (CAST(:clientId AS TEXT) IS NULL OR client_id = :clientId)
     AND lower(application_name) LIKE lower(:name) ESCAPE '!'
     AND (CAST(:redirect AS TEXT) IS NULL OR lower(auth_redirect) LIKE lower(:redirect) ESCAPE '!')
     AND (',' || scopes || ',') LIKE :scope ESCAPE '!'
     AND (CAST(:unusedSince AS BIGINT) IS NULL OR ${IS_UNUSED})
     AND (CAST(:expiresBefore AS BIGINT) IS NULL OR expires_at < :expiresBefore)
   ORDER BY id DESC LIMIT :limit`,
);
const rename = statement(
  `UPDATE valetkey.user_api_keys SET application_name = :applicationName
   WHERE id = :id AND revoked_at IS NULL RETURNING *`,
);
const revoke = statement(
  `UPDATE valetkey.user_api_keys SET revoked_at = :revokedAt, revoked_reason = :reason
   WHERE id = :id AND revoked_at IS NULL RETURNING *`,
);
/** The revocation of an admin takes precedence over that of the owner. */
const revokeAsAdmin = statement(
  `UPDATE valetkey.user_api_keys SET revoked_at = :revokedAt, revoked_reason = 'revoked_by_admin'
   WHERE id = :id AND (revoked_at IS NULL OR revoked_reason = 'revoked') RETURNING *`,
);
// A comparison with NULL is never true, so a limit that is null revokes nothing.
const revokeStale = statement(
  `UPDATE valetkey.user_api_keys
   SET revoked_at = :revokedAt, revoked_reason = CASE WHEN created_at < :approvedBefore THEN 'too_old' ELSE 'unused' END
   WHERE id > :afterId AND id <= :lastId
     AND revoked_at IS NULL AND (retires_at IS NULL OR retires_at > :revokedAt)
     AND (${IS_UNUSED} OR created_at < :approvedBefore) RETURNING *`,
);
const restore = statement(
  `UPDATE valetkey.user_api_keys SET revoked_at = NULL, revoked_reason = NULL, restored_at = :restoredAt
   WHERE id = :id RETURNING *`,
);
const deleteExpired = statement(
  `DELETE FROM valetkey.user_api_keys WHERE id > :afterId AND id <= :lastId
     AND (revoked_at < :before OR expires_at < :before OR retires_at < :before) RETURNING *`,
);
const saveSentClientId = statement(
  `UPDATE valetkey.user_api_keys SET sent_client_id = :sentClientId
   WHERE id = :id AND revoked_at IS NULL AND sent_client_id IS DISTINCT FROM :sentClientId RETURNING *`,
);
const recordUses = createRecordUses('user_api_keys', { details: true });

/** The user keys. */
export function createKeys(database: Database): KeyStore {
  const rows = createKeyRows(database, 'user_api_keys', keyFromRow);
  return {
    replaceKey: (key, audit, max) => database.transaction(() => replaceKey(key, audit, max)),
    findKeyByHash: rows.findByHash,
    findKey: rows.find,
    async findUnrevokedKey(userId, kind, clientId) {
      const [row] = await database.run(unrevoked({ userId, kind, clientId }));
      return row ? keyFromRow(row) : null;
    },
    async listKeys(userId, { revokedSince = 0, beforeId, limit = 100 } = {}) {
      const range = { userId, revokedSince, beforeId: beforeId ?? Number.MAX_SAFE_INTEGER, limit };
      return (await database.run(page(range))).map(keyFromRow);
    },
    async findKeys(filter) {
      const {
        userId = null,
        kind = null,
        clientId = null,
        unusedSince = null,
        expiresBefore = null,
      } = filter;
      const { activeAt, beforeId, limit = 100, name, redirect, scope } = filter;
      const query = matching({
        ...{ userId, kind, clientId, unusedSince, expiresBefore, activeAt, limit },
        beforeId: beforeId ?? Number.MAX_SAFE_INTEGER,
        name: matchPart(name ?? ''),
        redirect: redirect == null ? null : matchPart(redirect),
        scope: matchScope(scope),
      });
      return (await database.run(query)).map(keyFromRow);
    },
    renameKey: (id, applicationName, audit) => rows.change(rename({ id, applicationName }), audit),
    revokeKey: (id, revokedAt, audit, reason = 'revoked') =>
      rows.change(
        reason === 'revoked_by_admin' ? revokeAsAdmin({ id, revokedAt }) : revoke({ id, revokedAt, reason }),
        audit,
      ),
    async revokeStaleKeys(stale, audit) {
      const { changed, lastId } = await rows.changeBatch(revokeStale, { ...stale }, audit);
      return { revoked: changed, lastId };
    },
    undoRevokeKey: (id, { restoredAt, max, reason = null }, audit) =>
      database.transaction(function* (): Work<UndoOutcome> {
        const key = yield* lockKey(id);
        if (!key) return 'not_found';
        if (key.revokedAt === null || (reason ?? key.revokedReason) !== key.revokedReason)
          return 'not_revoked';
        if (key.revokedReason === 'replaced' || key.retiresAt !== null) return 'was_replaced';
        const { userId, kind, clientId } = key;
        const [newer] = yield unrevoked({ userId, kind, clientId });
        if (newer) return 'was_replaced';
        if (kind !== 'feed' && !(yield* isBelowLimit(key, restoredAt, max))) return 'too_many';
        const [restored] = yield restore({ id, restoredAt });
        yield* appendAudit(restored ? keyFromRow(restored) : null, audit);
        yield* recordChanges('key', [key.keyHash]);
        return 'restored';
      }),
    deleteExpiredKeys: (range) => rows.deleteBatch(deleteExpired, { ...range }),
    saveSentClientId: (id, sentClientId, audit) => rows.change(saveSentClientId({ id, sentClientId }), audit),
    recordKeysUsed: (uses) => database.transaction(() => recordUses(uses)),
  };
}
