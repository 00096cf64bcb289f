import type { OauthGrantStore, RevokedGrant } from '@valetkey/server';
import { type Query, statement, type Work } from '../database/statement.ts';
import { appendAudit } from './audit.ts';
import { recordChanges } from './changes.ts';
import { grantFromRow } from './oauth-rows.ts';

export const revokeGrant = statement(
  `UPDATE valetkey.oauth_grants SET revoked_at = :revokedAt, revoked_reason = :reason
   WHERE id = :id AND revoked_at IS NULL RETURNING *`,
);
const liveHashes = statement(
  'SELECT token_hash FROM valetkey.oauth_access_tokens WHERE grant_id = :grantId AND expires_at > :now',
);

/** Revokes the grants of a change, and returns them with their access tokens. Yield it last in a transaction. */
export function* toRevoked(
  change: Query,
  now: number,
  audit: Parameters<OauthGrantStore['revokeOauthGrant']>[2],
): Work<RevokedGrant[]> {
  const revoked: RevokedGrant[] = [];
  for (const row of yield change) {
    const grant = yield* appendAudit(grantFromRow(row), audit);
    revoked.push({ grant, accessTokenHashes: yield* findLiveHashes(grant.id, now) });
  }
  yield* recordChanges(
    'key',
    revoked.flatMap(({ accessTokenHashes }) => accessTokenHashes),
  );
  return revoked;
}

/** Returns the hashes of the access tokens of a grant that have not expired. */
function* findLiveHashes(grantId: number, now: number): Work<string[]> {
  const rows = yield liveHashes({ grantId, now });
  return rows.map((row) => String(row.token_hash));
}
