import type { MatchedRoute } from '../core/scopes/scope.ts';
import type { CountedUse } from '../core/use-limits.ts';

/** A user API key in a request. */
export interface UserKeyCredential {
  readonly kind: 'user_key';
  /** The text as received, unvalidated. */
  readonly key: string;
  /** True if it was in the query of the URL. */
  readonly isInUrl?: boolean;
  /** True if it was sent as `Authorization: Bearer`: refusals follow RFC 6750 then. */
  readonly isBearer?: boolean;
  /** True if it was a Basic password. If no key has this text, the request counts as one without a key. */
  readonly isBasic?: boolean;
}

/** An admin key in a request, with the value of `Api-Username`. */
export interface AdminKeyCredential {
  readonly kind: 'admin_key';
  readonly key: string;
  readonly username: string | null;
}

/** The credential of a request. `conflict` means more than one key; `isInUrl` then, if one was in the URL. */
export type Credential =
  | UserKeyCredential
  | AdminKeyCredential
  | { readonly kind: 'conflict'; readonly isInUrl?: boolean };

/** A request with a key, as plain data. */
export interface VerifyRequest {
  readonly credential: Credential;
  /** In upper case. HEAD is treated as GET. */
  readonly method: string;
  readonly route: MatchedRoute;
  readonly ipAddress: string;
  readonly userAgent: string | null;
  /** The `Origin` header, needed for admin keys because browsers must not send them. @default null */
  readonly origin?: string | null;
  /** The path of the requested resource below the base URL (PROTOCOL.md#oauth-resources). @default the API, `/` */
  readonly resource?: string;
  /** The use that was counted for the request that this one is a part of. Then this one counts none. @default null */
  readonly counted?: CountedUse | null;
  /** The `User-Api-Client-Id` header: shown beside the approved client id of a user key. @default null */
  readonly clientId?: string | null;
}
