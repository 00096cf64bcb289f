import type { SiteUser } from '../core/site-user.ts';
import type { Principal } from '../verify/verify-result.ts';

/** A request without a key. It may have a session of the site, which the site reads itself. */
export interface Anonymous {
  readonly kind: 'anonymous';
}

/**
 * The result of a guard: the user and key of the request, or `anonymous`. If there is a key, the cookies of the request
 * are ignored (PROTOCOL.md#using-a-key).
 */
export type RequestPrincipal<User extends SiteUser = SiteUser> = Principal<User> | Anonymous;

export const ANONYMOUS: Anonymous = { kind: 'anonymous' };
