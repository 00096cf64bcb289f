import type { AdminKeyRecord } from '../core/key/admin-key-record.ts';
import { digestKey, hashKey } from '../core/key/hash-key.ts';
import type { UseLimits } from '../core/limits/sliding-windows.ts';
import { type AdminScopeDefinitions, adminScopesThatPermit } from '../core/scopes/admin-scope.ts';
import { isPermitted, type MatchedRoute } from '../core/scopes/scope.ts';
import type { Site, SiteUser } from '../ports/site.ts';
import type { AdminKeys } from './admin-keys.ts';
import { NONE } from './key-table.ts';
import type { KnownKey } from './known-key.ts';
import { recognizeAdminKey } from './recognize-key.ts';
import type { Verdict } from './verify-result.ts';

/** A request with an admin key, as its judge sees it. */
export interface AdminKeyRequest {
  /** What came in `Api-Key`. */
  readonly key: string;
  /** What came in `Api-Username`. */
  readonly username: string | null;
  readonly method: string;
  readonly route: MatchedRoute;
  readonly ipAddress: string;
  readonly userAgent: string | null;
}

/** Judges requests by the admin key they carry (PROTOCOL.md section 12). */
export interface AdminJudge {
  judge(request: AdminKeyRequest): Promise<Verdict>;
}

interface AdminJudgeParts {
  readonly keys: Pick<AdminKeys, 'cache'>;
  readonly site: Pick<Site, 'findUser' | 'findUserByUsername'>;
  readonly scopes: AdminScopeDefinitions;
  readonly limits: () => UseLimits;
  readonly now: () => number;
}

/** The same way as for user keys: form → hash → record → state → limit → scopes → principal. */
export function createAdminJudge(parts: AdminJudgeParts): AdminJudge {
  const {
    keys: { cache },
    site,
    scopes,
    limits,
    now,
  } = parts;

  /** Whom the request acts as: nobody unless key and name belong together. */
  async function findActingUser(record: AdminKeyRecord, username: string | null): Promise<SiteUser | null> {
    if (username === null) return record.userId === null ? null : site.findUser(record.userId);
    const user = await site.findUserByUsername(username);
    return record.userId === null || user?.id === record.userId ? user : null;
  }

  async function findKey(key: string, digest: string): Promise<KnownKey<AdminKeyRecord> | null> {
    const place = cache.find(digest);
    return (place === NONE ? null : cache.keyAt(place)) ?? cache.load(hashKey(key));
  }

  return {
    async judge({ key, username, method, route, ipAddress, userAgent }) {
      const misuse = recognizeAdminKey(key);
      if (misuse) return { allowed: false, code: misuse };
      const digest = digestKey(key);
      const known = await findKey(key, digest);
      const user = known && (await findActingUser(known.record, username));
      // One answer for an unknown key, a dead one and a name that does not go with it: none says which it was.
      if (!known || known.record.revokedAt !== null || !user || user.isSuspended) {
        return { allowed: false, code: 'invalid_api_credentials' };
      }
      const { record } = known;
      const place = cache.placeOf(digest, record.id);
      const use = cache.uses.use(place, now(), limits());
      if (!use.allowed) {
        return {
          allowed: false,
          code: 'rate_limited',
          details: { window: 'admin_minute', wait_seconds: use.waitSeconds },
        };
      }
      if (!isPermitted(known.permissions, method, route, null)) {
        return {
          allowed: false,
          code: 'scope_insufficient',
          details: {
            required_scopes: adminScopesThatPermit(scopes, method, route),
            granted_scopes:
              record.scopeMode === 'granular'
                ? record.scopes.map(({ scopeId }) => scopeId)
                : [record.scopeMode],
          },
        };
      }
      cache.lastUsed.note(place, now(), ipAddress, userAgent);
      return {
        allowed: true,
        principal: { kind: 'admin_api_key', user, key: record },
        uses: cache.usesOf(digest),
      };
    },
  };
}
