import { collectPages } from '../core/collect-pages.ts';
import type { KeyFilter } from '../ports/key-store.ts';
import type { OauthGrant, RefreshOutcome, RevokedGrant } from '../ports/oauth-grant-store.ts';
import type { RecordPage } from '../ports/record-batch.ts';
import type { Store } from '../ports/store.ts';
import type { Keys } from './keys.ts';

/**
 * The OAuth grants of the store. All changes that end tokens go through this interface: it invalidates the cache of keys
 * and notifies the other nodes. Returned grants have the last use, stored or not.
 */
export interface OauthGrants {
  find(id: number): Promise<OauthGrant | null>;
  /** Returns all grants of a user that are neither revoked nor expired, newest first. */
  list(userId: string): Promise<OauthGrant[]>;
  listPage(userId: string, page: RecordPage): Promise<OauthGrant[]>;
  /** @see OauthGrantSearch.findOauthGrants */
  findMatching(filter: KeyFilter): Promise<OauthGrant[]>;
  /** @see OauthGrantStore.refreshOauthTokens */
  refresh(...refresh: Required<Parameters<Store['refreshOauthTokens']>>): Promise<RefreshOutcome>;
  /** Revokes a grant. Returns null if there was nothing to revoke. Once it resolves, its tokens are rejected. */
  revoke(...revoking: Required<Parameters<Store['revokeOauthGrant']>>): Promise<OauthGrant | null>;
  /** Revokes all grants of a client. Once it resolves, their tokens are rejected. */
  revokeOfClient(...revoking: Required<Parameters<Store['revokeOauthGrantsOfClient']>>): Promise<void>;
  /** Revokes one access token. Once it resolves, the token is rejected. */
  revokeToken(accessTokenHash: string, revokedAt: number): Promise<boolean>;
  /** @see OauthGrantStore.revokeStaleOauthGrants */
  revokeStale(
    ...stale: Required<Parameters<Store['revokeStaleOauthGrants']>>
  ): ReturnType<Store['revokeStaleOauthGrants']>;
}

interface OauthGrantsParts {
  readonly store: Store;
  readonly keys: Pick<Keys, 'lastUsed' | 'forget'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createOauthGrants({ store, keys, now }: OauthGrantsParts): OauthGrants {
  const withLastUse = keys.lastUsed.addToGrant;

  async function revoked<Outcome extends RevokedGrant>(outcome: Outcome): Promise<Outcome> {
    await keys.forget(outcome.accessTokenHashes);
    return outcome;
  }

  async function listPage(userId: string, page: RecordPage): Promise<OauthGrant[]> {
    return (await store.listOauthGrants(userId, now(), page)).map(withLastUse);
  }

  return {
    async find(id) {
      const grant = await store.findOauthGrant(id);
      return grant && withLastUse(grant);
    },
    list: (userId) => collectPages((page) => listPage(userId, page)),
    listPage,
    findMatching: async (filter) => (await store.findOauthGrants(filter)).map(withLastUse),
    async refresh(...refresh) {
      const outcome = await store.refreshOauthTokens(...refresh);
      return outcome.kind === 'replayed' ? revoked(outcome) : outcome;
    },
    async revoke(...revoking) {
      const outcome = await store.revokeOauthGrant(...revoking);
      return outcome && (await revoked(outcome)).grant;
    },
    async revokeOfClient(...revoking) {
      for (const outcome of await store.revokeOauthGrantsOfClient(...revoking)) await revoked(outcome);
    },
    async revokeToken(accessTokenHash, revokedAt) {
      const isRevoked = await store.revokeOauthToken(accessTokenHash, revokedAt);
      if (isRevoked) await keys.forget([accessTokenHash]);
      return isRevoked;
    },
    async revokeStale(...stale) {
      // A grant that was used just now must not count as unused.
      await keys.lastUsed.flush();
      const batch = await store.revokeStaleOauthGrants(...stale);
      for (const outcome of batch.revoked) await revoked(outcome);
      return batch;
    },
  };
}
