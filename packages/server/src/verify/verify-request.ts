import type { MatchedRoute } from '../core/scopes/scope.ts';

/** A user API key that was presented. */
export interface UserKeyCredential {
  readonly kind: 'user_key';
  /** The text that was sent, whatever it is. */
  readonly key: string;
  /** Whether it stood in the query of the URL. */
  readonly isInUrl?: boolean;
}

/** An admin key that was presented, with the value of `Api-Username`. */
export interface AdminKeyCredential {
  readonly kind: 'admin_key';
  readonly key: string;
  readonly username: string | null;
}

/** What a request presents. `conflict`: more than one key; `isInUrl` if one of them stood in the URL. */
export type Credential =
  | UserKeyCredential
  | AdminKeyCredential
  | { readonly kind: 'conflict'; readonly isInUrl?: boolean };

/** A request that carries a key, as plain data. */
export interface VerifyRequest {
  readonly credential: Credential;
  /** In upper case. HEAD is verified as GET. */
  readonly method: string;
  readonly route: MatchedRoute;
  readonly ipAddress: string;
  readonly userAgent: string | null;
  /** The `Origin` header. Needed for admin keys, which browsers may not send. @default null */
  readonly origin?: string | null;
  /** The `User-Api-Client-Id` header: renames the client of a user key. @default null */
  readonly clientId?: string | null;
}
