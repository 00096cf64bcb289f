import type { KeyFilter } from './key-store.ts';
import type { OauthGrant } from './oauth-grant-store.ts';

/** Finds the OAuth grants of all users. Part of `Store`; the guarantees there apply. */
export interface OauthGrantSearch {
  /** Returns one page of the active grants that match the filter, of all users, newest first. Ignores `filter.kind`. */
  findOauthGrants(filter: KeyFilter): Promise<OauthGrant[]>;
}
