import type { AdminKeyRecord } from '../core/key/admin-key-record.ts';
import type { KeyRecord } from '../core/key/key-record.ts';
import type { KeyUses } from '../core/limits/sliding-windows.ts';
import type { Refusal } from '../core/refusal.ts';
import type { SiteUser } from '../ports/site.ts';

export type { Refusal } from '../core/refusal.ts';

/** Who a user API key acts for, and with what. */
export interface UserKeyPrincipal {
  readonly kind: 'user_api_key';
  readonly user: SiteUser;
  readonly key: Pick<KeyRecord, 'id' | 'clientId' | 'applicationName' | 'scopes'>;
}

/** Who an admin key acts as, and with what. It acts as this user and no more: never as an admin by being an admin key. */
export interface AdminKeyPrincipal {
  readonly kind: 'admin_api_key';
  readonly user: SiteUser;
  readonly key: Pick<AdminKeyRecord, 'id' | 'description' | 'scopeMode' | 'scopes'>;
}

/** Who a request acts for by its key. */
export type Principal = UserKeyPrincipal | AdminKeyPrincipal;

/** Go ahead: for whom, and what is left of the key's limits. */
export interface AllowedVerdict {
  readonly allowed: true;
  readonly principal: Principal;
  readonly uses: KeyUses;
}

/** What the judge answers. Only the edge makes HTTP of it. */
export type Verdict = AllowedVerdict | ({ readonly allowed: false } & Refusal);
