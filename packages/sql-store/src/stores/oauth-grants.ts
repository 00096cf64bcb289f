import type { NewOauthGrant, OauthGrant, OauthGrantStore } from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { statement, type Work } from '../database/statement.ts';
import { appendAudit } from './audit.ts';
import { revokeGrant, toRevoked } from './oauth-revocation.ts';
import { codeFromRow, grantFromRow } from './oauth-rows.ts';
import { createOauthTokens, findGrant, insertTokens } from './oauth-tokens.ts';
import { createRecordUses } from './record-uses.ts';
import { joinList } from './rows.ts';

const insertCode = statement(
  `INSERT INTO valetkey.oauth_codes (code_hash, client_id, user_id, request, expires_at)
   VALUES (:codeHash, :clientId, :userId, :request, :expiresAt)`,
);
const findCode = statement('SELECT * FROM valetkey.oauth_codes WHERE code_hash = :codeHash');
const useCode = statement(
  `UPDATE valetkey.oauth_codes SET used_at = :now, request = NULL
   WHERE code_hash = :codeHash AND used_at IS NULL AND expires_at > :now RETURNING code_hash`,
);
const setCodeGrant = statement(
  'UPDATE valetkey.oauth_codes SET grant_id = :grantId WHERE code_hash = :codeHash',
);
const insertGrant = statement(
  `INSERT INTO valetkey.oauth_grants (user_id, client_id, client_name, scopes, resources, auth_redirect, created_at, expires_at)
   VALUES (:userId, :clientId, :clientName, :scopes, :resources, :authRedirect, :createdAt, :expiresAt) RETURNING *`,
);
const listGrants = statement(
  `SELECT * FROM valetkey.oauth_grants
   WHERE user_id = :userId AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > :now) AND id < :beforeId
   ORDER BY id DESC LIMIT :limit`,
);
const nextBatch = statement(
  `SELECT count(*) AS count, max(id) AS last_id
   FROM (SELECT id FROM valetkey.oauth_grants WHERE id > :afterId ORDER BY id LIMIT :limit) AS batch`,
);
// A comparison with NULL is never true, so a limit that is null revokes nothing.
const revokeStale = statement(
  `UPDATE valetkey.oauth_grants
   SET revoked_at = :revokedAt, revoked_reason = CASE WHEN created_at < :approvedBefore THEN 'too_old' ELSE 'unused' END
   WHERE id > :afterId AND id <= :lastId AND revoked_at IS NULL
     AND (greatest(created_at, coalesce(last_used_at, 0)) < :unusedSince OR created_at < :approvedBefore) RETURNING *`,
);
const revokeOfClient = statement(
  `UPDATE valetkey.oauth_grants SET revoked_at = :revokedAt, revoked_reason = :reason
   WHERE client_id = :clientId AND revoked_at IS NULL RETURNING *`,
);
const recordUses = createRecordUses('oauth_grants', { details: true });
const deleteCodes = statement('DELETE FROM valetkey.oauth_codes WHERE expires_at < :before');
const deleteAccessTokens = statement('DELETE FROM valetkey.oauth_access_tokens WHERE expires_at < :before');
const deleteRefreshTokens = statement('DELETE FROM valetkey.oauth_refresh_tokens WHERE used_at < :before');
const deleteGrants = statement(
  'DELETE FROM valetkey.oauth_grants WHERE revoked_at < :before OR expires_at < :before',
);

/** Inserts a grant without tokens. */
export function* insertOauthGrant(grant: NewOauthGrant): Work<OauthGrant> {
  const { userId, clientId, clientName, authRedirect = null, createdAt, expiresAt } = grant;
  const lists = { scopes: joinList(grant.scopes), resources: joinList(grant.resources) };
  const names = { userId, clientId, clientName, authRedirect };
  const [row = {}] = yield insertGrant({ ...names, ...lists, createdAt, expiresAt });
  return grantFromRow(row);
}

function* insert(...[grant, tokens]: Parameters<OauthGrantStore['createOauthGrant']>) {
  const inserted = yield* insertOauthGrant(grant);
  yield* insertTokens(inserted.id, tokens);
  return inserted;
}

/** The OAuth grants and codes. */
export function createOauthGrants(database: Database): OauthGrantStore {
  return {
    ...createOauthTokens(database),
    saveAuthorizationCode: (code, audit) =>
      database.transaction(function* () {
        yield insertCode({ ...code });
        yield* appendAudit(undefined, audit);
      }),
    async findAuthorizationCode(codeHash) {
      const [row] = await database.run(findCode({ codeHash }));
      return row ? codeFromRow(row) : null;
    },
    redeemAuthorizationCode: (codeHash, grant, tokens) =>
      database.transaction(function* () {
        const [used] = yield useCode({ codeHash, now: tokens.createdAt });
        if (!used) return null;
        const inserted = yield* insert(grant, tokens);
        yield setCodeGrant({ codeHash, grantId: inserted.id });
        return inserted;
      }),
    async consumeAuthorizationCode(codeHash, now) {
      return (await database.run(useCode({ codeHash, now }))).length === 1;
    },
    createOauthGrant: (grant, tokens, audit) =>
      database.transaction(function* () {
        return yield* appendAudit(yield* insert(grant, tokens), audit);
      }),
    async findOauthGrant(id) {
      const [row] = await database.run(findGrant({ id }));
      return row ? grantFromRow(row) : null;
    },
    async listOauthGrants(userId, now, { beforeId, limit = 100 } = {}) {
      const range = { userId, now, beforeId: beforeId ?? Number.MAX_SAFE_INTEGER, limit };
      return (await database.run(listGrants(range))).map(grantFromRow);
    },
    revokeOauthGrant: (id, { revokedAt, reason }, audit) =>
      database.transaction(function* () {
        const [revoked] = yield* toRevoked(revokeGrant({ id, revokedAt, reason }), revokedAt, audit);
        return revoked ?? null;
      }),
    revokeOauthGrantsOfClient: (clientId, { revokedAt, reason }, audit) =>
      database.transaction(() =>
        toRevoked(revokeOfClient({ clientId, revokedAt, reason }), revokedAt, audit),
      ),
    revokeStaleOauthGrants: ({ afterId, limit, ...stale }, audit) =>
      database.transaction(function* () {
        const [end] = yield nextBatch({ afterId, limit });
        const lastId = Number(end?.last_id ?? afterId);
        const change = revokeStale({ ...stale, afterId, lastId });
        const revoked = yield* toRevoked(change, stale.revokedAt, audit);
        return { revoked, lastId: Number(end?.count) < limit ? null : lastId };
      }),
    recordOauthGrantsUsed: (uses) => database.transaction(() => recordUses(uses)),
    async deleteExpiredCodes(before) {
      await database.run(deleteCodes({ before }));
    },
    deleteExpiredOauth: (before) =>
      database.transaction(function* () {
        // Their tokens are deleted by the foreign key.
        yield deleteGrants({ before: before.grants });
        yield deleteAccessTokens({ before: before.accessTokens });
        yield deleteRefreshTokens({ before: before.refreshTokens });
      }),
  };
}
