import type { AdminKeyRecord } from '../core/key/admin-key-record.ts';
import type { KeyRecord } from '../core/key/key-record.ts';
import type { Refusal } from '../core/refusal.ts';
import type { SiteUser } from '../core/site-user.ts';
import type { RemainingUses, UseLimits } from '../core/use-limits.ts';

/** Whom a user API key acts for, and with what. */
export interface UserKeyPrincipal {
  readonly kind: 'user_api_key';
  readonly user: SiteUser;
  readonly key: Pick<KeyRecord, 'id' | 'clientId' | 'applicationName' | 'scopes'>;
}

/** Whom an admin key acts as, and with what. It acts as this user and no more: never as an admin by being an admin key. */
export interface AdminKeyPrincipal {
  readonly kind: 'admin_api_key';
  readonly user: SiteUser;
  readonly key: Pick<AdminKeyRecord, 'id' | 'description' | 'scopeMode' | 'scopes'>;
}

/** Whom a request acts for by its key. */
export type Principal = UserKeyPrincipal | AdminKeyPrincipal;

/** The request may be served: for whom, and what is left of the key's limits after it. */
export interface AllowedResult {
  readonly allowed: true;
  readonly principal: Principal;
  readonly limits: UseLimits;
  readonly remaining: RemainingUses;
}

/** What `verify` returns: plain data, to be rendered by whoever serves the request. */
export type VerifyResult = AllowedResult | ({ readonly allowed: false } & Refusal);
