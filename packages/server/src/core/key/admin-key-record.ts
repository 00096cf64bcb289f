/** What an admin key may do: everything, read everything, or what its scopes allow. */
export type AdminScopeMode = 'global' | 'read_only' | 'granular';

/** One scope of a granular admin key, such as `topics:write`, optionally bound to parameter values. */
export interface AdminScope {
  readonly scopeId: string;
  /** Allowed values by parameter name; a parameter that is not listed may have any value. */
  readonly parameters: Readonly<Record<string, readonly string[]>>;
}

/** An admin key as it is stored: never the key itself. Times are milliseconds since 1970. */
export interface AdminKeyRecord {
  readonly id: number;
  /** SHA-256 of the key's text, 64 lower-case hex digits. */
  readonly keyHash: string;
  /** The first four digits of the key, to tell keys apart in a list. */
  readonly truncatedKey: string;
  readonly description: string;
  /** The only user that the key acts for; null for any user named by `Api-Username`. */
  readonly userId: string | null;
  readonly scopeMode: AdminScopeMode;
  /** Empty unless `scopeMode` is `granular`. */
  readonly scopes: readonly AdminScope[];
  /** Id of the admin who created the key. */
  readonly createdBy: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
  /** When its revocation was last undone; the daily job counts this as a use of the key. */
  readonly restoredAt: number | null;
}

/** An admin key before it is stored; the store assigns the id. */
export type NewAdminKey = Omit<AdminKeyRecord, 'id' | 'lastUsedAt' | 'revokedAt' | 'restoredAt'>;
