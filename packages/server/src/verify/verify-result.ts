import type { AdminKeyRecord } from '../core/key/admin-key-record.ts';
import type { KeyRecord } from '../core/key/key-record.ts';
import type { Refusal } from '../core/refusal.ts';
import type { SiteUser } from '../core/site-user.ts';
import type { CountedUse } from '../core/use-limits.ts';

/** The user that a user API key acts for, and the key. */
export interface UserKeyPrincipal<User extends SiteUser = SiteUser> {
  readonly kind: 'user_api_key';
  readonly user: User;
  readonly key: Pick<KeyRecord, 'id' | 'clientId' | 'applicationName' | 'scopes' | 'createdAt'>;
}

/** The user that an admin key acts as, and the key. The key grants no admin rights that this user does not have. */
export interface AdminKeyPrincipal<User extends SiteUser = SiteUser> {
  readonly kind: 'admin_api_key';
  readonly user: User;
  readonly key: Pick<AdminKeyRecord, 'id' | 'description' | 'scopeMode' | 'scopes'>;
}

/**
 * The user and key of a request.
 *
 * @typeParam User the site's own user type: `user` is what `Site.findUser` returned
 */
export type Principal<User extends SiteUser = SiteUser> = UserKeyPrincipal<User> | AdminKeyPrincipal<User>;

/** The request may be served: its principal, and the remaining uses of the key. */
export interface AllowedResult<User extends SiteUser = SiteUser> extends CountedUse {
  readonly allowed: true;
  readonly principal: Principal<User>;
}

/** The result of `verify`: plain data, rendered by the HTTP layer of the site. */
export type VerifyResult<User extends SiteUser = SiteUser> =
  | AllowedResult<User>
  | ({ readonly allowed: false } & Refusal);
