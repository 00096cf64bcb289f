import type { AdminKeyRecord } from '../core/key/admin-key-record.ts';
import { chain } from '../core/maybe-promise.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { type AdminScopeDefinitions, adminScopesThatPermit } from '../core/scopes/admin-scope.ts';
import { isPermitted } from '../core/scopes/scope.ts';
import type { UseLimits } from '../core/use-limits.ts';
import type { Site } from '../ports/site.ts';
import type { AdminKeys } from './admin-keys.ts';
import type { KeyPolicy } from './key-policy.ts';
import { recognizeAdminKey } from './recognize-key.ts';
import type { AdminKeyCredential } from './verify-request.ts';

/** How admin keys are verified (PROTOCOL.md#use-an-admin-key). */
export interface AdminKeyPolicy extends KeyPolicy<AdminKeyRecord, AdminKeyCredential> {
  /** Rejects requests from pages of another origin: every reader of such a page’s source would have the key. */
  decideOrigin(origin: string | null): Refusal | null;
}

interface AdminKeyParts {
  readonly keys: Pick<AdminKeys, 'cache' | 'lastUsed'>;
  readonly site: Pick<Site, 'findUser' | 'findUserByUsername' | 'baseUrl'>;
  readonly scopes: AdminScopeDefinitions;
  readonly limits: () => UseLimits;
  /** Whether pages of other origins may send admin keys. */
  readonly allowsOtherOrigins: () => boolean;
}

export function createAdminKeyPolicy(parts: AdminKeyParts): AdminKeyPolicy {
  const { keys, site, scopes, limits, allowsOtherOrigins } = parts;
  const ownOrigin = new URL(site.baseUrl).origin;
  // Unknown key, revoked key and wrong username have the same code: it must not tell them apart.
  const unknownCode = 'invalid_api_credentials';

  return {
    decideOrigin: (origin) =>
      origin === null || origin === ownOrigin || allowsOtherOrigins()
        ? null
        : refuse('admin_key_from_browser'),
    cache: keys.cache,
    recognize: recognizeAdminKey,
    unknownCode,
    findUser({ record: { userId } }, { username }) {
      if (username === null) return userId === null ? null : site.findUser(userId);
      return chain(site.findUserByUsername(username), (user) =>
        userId === null || user?.id === userId ? user : null,
      );
    },
    decideState: ({ record }, user) =>
      record.revokedAt === null && user && !user.isSuspended ? null : refuse(unknownCode),
    createPrincipal: (user, key) => ({ kind: 'admin_api_key', user, key }),
    limits,
    nameWindow: () => 'admin_minute',
    decideReach({ record, permissions }, _principal, { method, route }) {
      if (isPermitted(permissions, method, route, null)) return null;
      return refuse('scope_insufficient', {
        required_scopes: adminScopesThatPermit(scopes, method, route),
        granted_scopes:
          record.scopeMode === 'granular' ? record.scopes.map(({ scopeId }) => scopeId) : [record.scopeMode],
      });
    },
    lastUsed: keys.lastUsed,
  };
}
