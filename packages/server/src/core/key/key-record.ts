/**
 * Why a key is revoked (PROTOCOL.md#undo-a-revocation). The owner can undo `revoked`, only an admin the other reasons.
 * `replaced` is final, and so is every revocation of an OAuth grant.
 */
export type RevocationReason =
  | 'revoked'
  | 'revoked_by_admin'
  | 'replaced'
  | 'unused'
  | 'too_old'
  // Only OAuth grants: a code or a refresh token was used twice.
  | 'replayed';

/**
 * The origin of a key: approved by a user for a client (`app`), created by a user for a feed or for personal use, or an
 * access token of an OAuth grant (`oauth`). Client ids of different kinds never collide, so no client can replace a feed’s key.
 */
export type KeyKind = 'app' | 'feed' | 'personal' | 'oauth';

/** A key as it is stored: never the key itself, only its SHA-256. Times are milliseconds since 1970. */
export interface KeyRecord {
  /** For kind `oauth`, the id of the grant: limits, last use and revocation belong to it. */
  readonly id: number;
  /** SHA-256 of the key's text, 64 lower-case hex digits. */
  readonly keyHash: string;
  readonly userId: string;
  readonly kind: KeyKind;
  /** The id that was approved. It never changes. */
  readonly clientId: string;
  /** The other id that its app last sent in `User-Api-Client-Id`; null if there is none. */
  readonly sentClientId: string | null;
  readonly applicationName: string;
  readonly scopes: readonly string[];
  /** True if this key may be sent in a URL, on its one route (PROTOCOL.md#keys-in-urls). Set at creation. */
  readonly isUrlKey: boolean;
  /** The paths of the resources below the base URL that it is valid for; `/` is the API. @default the API alone */
  readonly resources?: readonly string[];
  readonly pushUrl: string | null;
  /** Where an app received it, without query; null for other kinds, devices, and keys from before redirects were stored. */
  readonly authRedirect: string | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  /** Set by a rotation: this key stays valid until then, beside its replacement. It is not replaced by later keys. */
  readonly retiresAt: number | null;
  /** The IP addresses that it may be used from, as `parseIpAddressList` returns them; null for any. */
  readonly allowedIpAddresses: readonly string[] | null;
  readonly lastUsedAt: number | null;
  readonly lastUsedIpAddress: string | null;
  readonly lastUsedUserAgent: string | null;
  readonly revokedAt: number | null;
  readonly revokedReason: RevocationReason | null;
  /** When its revocation was last undone; the daily job counts this as a use of the key. */
  readonly restoredAt: number | null;
}

/** A key without the fields that no request reads. Very many keys are cached, so each field counts. */
export type VerifiedKey = Omit<
  KeyRecord,
  'lastUsedAt' | 'lastUsedIpAddress' | 'lastUsedUserAgent' | 'restoredAt'
>;

/** A key before it is stored; the store assigns the id. */
export type NewKey = Pick<
  KeyRecord,
  | 'keyHash'
  | 'userId'
  | 'kind'
  | 'clientId'
  | 'applicationName'
  | 'scopes'
  | 'isUrlKey'
  | 'pushUrl'
  | 'createdAt'
  | 'expiresAt'
> & {
  /** @default null */
  readonly authRedirect?: KeyRecord['authRedirect'];
  /** @default null */
  readonly allowedIpAddresses?: KeyRecord['allowedIpAddresses'];
  /** @default the API alone */
  readonly resources?: readonly string[];
};
