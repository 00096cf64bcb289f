/** Why a key is dead. `replaced` is for ever; the others can be undone (PROTOCOL.md section 6). */
export type RevocationReason = 'revoked' | 'replaced' | 'unused' | 'too_old';

/**
 * Where a key comes from: an app asked and a person approved; or the person made it in the pages, for a feed or for
 * themselves. Client ids of the three never meet, so no app can take the place of a feed.
 */
export type KeyKind = 'app' | 'feed' | 'personal';

/** A key as it is stored: never the key itself, only its SHA-256. Times are milliseconds since 1970. */
export interface KeyRecord {
  readonly id: number;
  /** SHA-256 of the key's text, 64 lower-case hex digits. */
  readonly keyHash: string;
  readonly userId: string;
  readonly kind: KeyKind;
  readonly clientId: string;
  readonly applicationName: string;
  readonly scopes: readonly string[];
  /** Flagged at creation: this key may travel in a URL, on its one route (PROTOCOL.md section 5). */
  readonly isUrlKey: boolean;
  readonly pushUrl: string | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  /** Set by a rotation: until then the key lives on beside the newer one in its place. It has no place of its own. */
  readonly retiresAt: number | null;
  /** Where it may be used from, as `parseIpAddressList` answers it; null for anywhere. */
  readonly allowedIpAddresses: readonly string[] | null;
  readonly lastUsedAt: number | null;
  readonly lastUsedIpAddress: string | null;
  readonly lastUsedUserAgent: string | null;
  readonly revokedAt: number | null;
  readonly revokedReason: RevocationReason | null;
  /** When a revocation of it was last undone: from then on it counts as wanted, as if it had been used. */
  readonly restoredAt: number | null;
}

/** What a key is made of before it is stored; the store gives it its id. */
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
  /** Left out: null. */
  readonly allowedIpAddresses?: KeyRecord['allowedIpAddresses'];
};
