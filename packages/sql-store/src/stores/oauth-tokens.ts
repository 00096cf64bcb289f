import {
  decideRefresh,
  isActive,
  type NewOauthTokens,
  type OauthGrantStore,
  type RefreshOutcome,
  type RefreshToken,
} from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { type Row, statement, type Work } from '../database/statement.ts';
import { recordChanges } from './changes.ts';
import { revokeGrant, toRevoked } from './oauth-revocation.ts';
import { grantFromRow, tokenFromRow } from './oauth-rows.ts';
import { joinList, numberOrNull } from './rows.ts';

const insertAccess = statement(
  `INSERT INTO valetkey.oauth_access_tokens (token_hash, grant_id, scopes, resources, created_at, expires_at)
   VALUES (:hash, :grantId, :scopes, :resources, :createdAt, :expiresAt)`,
);
const insertRefresh = statement(
  'INSERT INTO valetkey.oauth_refresh_tokens (token_hash, grant_id) VALUES (:hash, :grantId)',
);
const findAccess = statement(
  `SELECT oauth_grants.*, token_hash, token.scopes AS token_scopes, token.resources AS token_resources,
     token.created_at AS token_created_at, token.expires_at AS token_expires_at, token.revoked_at AS token_revoked_at
   FROM valetkey.oauth_access_tokens AS token JOIN valetkey.oauth_grants ON oauth_grants.id = grant_id
   WHERE token_hash = :hash`,
);
const findRefresh = statement(
  `SELECT oauth_grants.*, used_at FROM valetkey.oauth_refresh_tokens
   JOIN valetkey.oauth_grants ON oauth_grants.id = grant_id WHERE token_hash = :hash`,
);
// A revocation that runs meanwhile would not see the new access token.
const lockGrant = statement(
  `SELECT id FROM valetkey.oauth_grants
   WHERE id = (SELECT grant_id FROM valetkey.oauth_refresh_tokens WHERE token_hash = :hash) FOR UPDATE`,
  { runsOnSqlite: false },
);
const lockGrantById = statement('SELECT id FROM valetkey.oauth_grants WHERE id = :id FOR UPDATE', {
  runsOnSqlite: false,
});
export const findGrant = statement('SELECT * FROM valetkey.oauth_grants WHERE id = :id');
const useRefresh = statement(
  'UPDATE valetkey.oauth_refresh_tokens SET used_at = coalesce(used_at, :now) WHERE token_hash = :hash',
);
const revokeAccess = statement(
  `UPDATE valetkey.oauth_access_tokens SET revoked_at = :revokedAt
   WHERE token_hash = :hash AND revoked_at IS NULL RETURNING token_hash`,
);

const refreshTokenFromRow = (row: Row | undefined): RefreshToken | null =>
  row ? { grant: grantFromRow(row), usedAt: numberOrNull(row.used_at) } : null;

/** Inserts the tokens of one response. */
export function* insertTokens(grantId: number, tokens: NewOauthTokens): Work<void> {
  const { accessTokenHash, refreshTokenHash, createdAt, expiresAt } = tokens;
  const lists = { scopes: joinList(tokens.scopes), resources: joinList(tokens.resources) };
  yield insertAccess({ hash: accessTokenHash, grantId, ...lists, createdAt, expiresAt });
  yield insertRefresh({ hash: refreshTokenHash, grantId });
}

/** The tokens of OAuth grants. */
export function createOauthTokens(
  database: Database,
): Pick<
  OauthGrantStore,
  'findOauthToken' | 'findRefreshToken' | 'refreshOauthTokens' | 'addOauthTokens' | 'revokeOauthToken'
> {
  return {
    async findOauthToken(hash) {
      const [row] = await database.run(findAccess({ hash }));
      return row ? tokenFromRow(row) : null;
    },
    async findRefreshToken(hash) {
      const [row] = await database.run(findRefresh({ hash }));
      return refreshTokenFromRow(row);
    },
    refreshOauthTokens: (hash, tokens, graceMs, audit) =>
      database.transaction(function* (): Work<RefreshOutcome> {
        const now = tokens.createdAt;
        yield lockGrant({ hash });
        const [row] = yield findRefresh({ hash });
        const decision = decideRefresh(refreshTokenFromRow(row), now, graceMs);
        if (decision.kind === 'refuse') return { kind: 'invalid' };
        const { grant } = decision;
        if (decision.kind === 'revoke_grant') {
          const change = revokeGrant({ id: grant.id, revokedAt: now, reason: 'replayed' });
          const [revoked] = yield* toRevoked(change, now, audit);
          return revoked ? { kind: 'replayed', ...revoked } : { kind: 'invalid' };
        }
        yield useRefresh({ hash, now });
        yield* insertTokens(grant.id, tokens);
        return { kind: 'refreshed', grant };
      }),
    addOauthTokens: (id, tokens) =>
      database.transaction(function* () {
        yield lockGrantById({ id });
        const [row] = yield findGrant({ id });
        const grant = row && grantFromRow(row);
        if (!grant || !isActive(grant, tokens.createdAt)) return null;
        yield* insertTokens(id, tokens);
        return grant;
      }),
    revokeOauthToken: (hash, revokedAt) =>
      database.transaction(function* () {
        const [revoked] = yield revokeAccess({ hash, revokedAt });
        if (revoked) yield* recordChanges('key', [hash]);
        return revoked !== undefined;
      }),
  };
}
