import { grantAsKey } from '../../core/key/grant-as-key.ts';
import { isActive } from '../../core/key/key-state.ts';
import type { OauthGrantSearch } from '../../ports/oauth-grant-search.ts';
import type { OauthGrant } from '../../ports/oauth-grant-store.ts';
import { matchesFilter } from './memory-keys.ts';

/** The search for grants of all users in memory. */
export const createMemoryOauthGrantSearch = (list: () => readonly OauthGrant[]): OauthGrantSearch => ({
  findOauthGrants: async ({ activeAt, beforeId = null, limit = 100, kind: _, ...filter }) =>
    list()
      .filter((grant) => isActive(grant, activeAt) && (beforeId === null || grant.id < beforeId))
      .filter((grant) => matchesFilter(grantAsKey(grant), filter))
      .reverse()
      .slice(0, limit),
});
