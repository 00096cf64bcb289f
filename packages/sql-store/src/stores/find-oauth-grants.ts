import type { OauthGrantSearch } from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import { grantFromRow } from './oauth-rows.ts';
import { matchPart, matchScope } from './rows.ts';

// A parameter that is null restricts nothing. The casts tell PostgreSQL its type.
const matching = statement(
  `SELECT * FROM valetkey.oauth_grants
   WHERE id < :beforeId AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > :activeAt)
     AND (CAST(:userId AS TEXT) IS NULL OR user_id = :userId)
     AND (CAST(:clientId AS TEXT) IS NULL OR client_id = :clientId)
     AND lower(client_name) LIKE lower(:name) ESCAPE '!'
     AND (CAST(:redirect AS TEXT) IS NULL OR lower(auth_redirect) LIKE lower(:redirect) ESCAPE '!')
     AND (',' || scopes || ',') LIKE :scope ESCAPE '!'
     AND (CAST(:unusedSince AS BIGINT) IS NULL
       OR greatest(created_at, coalesce(last_used_at, 0)) < :unusedSince)
     AND (CAST(:expiresBefore AS BIGINT) IS NULL OR expires_at < :expiresBefore)
   ORDER BY id DESC LIMIT :limit`,
);

/** The search for grants of all users. */
export function createOauthGrantSearch(database: Database): OauthGrantSearch {
  return {
    async findOauthGrants({ activeAt, beforeId, limit = 100, name, redirect, scope, ...filter }) {
      const { userId = null, clientId = null, unusedSince = null, expiresBefore = null } = filter;
      const query = matching({
        ...{ userId, clientId, unusedSince, expiresBefore, activeAt, limit },
        beforeId: beforeId ?? Number.MAX_SAFE_INTEGER,
        name: matchPart(name ?? ''),
        redirect: redirect == null ? null : matchPart(redirect),
        scope: matchScope(scope),
      });
      return (await database.run(query)).map(grantFromRow);
    },
  };
}
