import type { AuditEventFactory } from './audit-store.ts';

/** How far an admin key reaches: everywhere, everywhere but only to read, or where its scopes say. */
export type AdminScopeMode = 'global' | 'read_only' | 'granular';

/** One thing that a granular admin key may do, such as `topics:write`, bound to values where parameters are named. */
export interface AdminScope {
  readonly scopeId: string;
  /** Allowed values by parameter name; a name that is missing is not bound. */
  readonly parameters: Readonly<Record<string, readonly string[]>>;
}

/** An admin key as it is stored: never the key itself. Times are milliseconds since 1970. */
export interface AdminKeyRecord {
  readonly id: number;
  /** SHA-256 of the key's text, 64 lower-case hex digits. */
  readonly keyHash: string;
  /** The first four digits, for telling keys apart in a list. */
  readonly truncatedKey: string;
  readonly description: string;
  /** The one user that the key acts for; null for any that `Api-Username` names. */
  readonly userId: string | null;
  readonly scopeMode: AdminScopeMode;
  /** Empty unless `scopeMode` is `granular`. */
  readonly scopes: readonly AdminScope[];
  /** The admin who made it. */
  readonly createdBy: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
  /** When a revocation of it was last undone: from then on it counts as wanted, as if it had been used. */
  readonly restoredAt: number | null;
}

/** What an admin key is made of before it is stored; the store gives it its id. */
export type NewAdminKey = Omit<AdminKeyRecord, 'id' | 'lastUsedAt' | 'revokedAt' | 'restoredAt'>;

/** One use of an admin key, for last-used. */
export interface AdminKeyTouch {
  readonly id: number;
  readonly usedAt: number;
}

/** Where admin keys live (PROTOCOL.md section 12): part of `Store`, atomic and durable like the rest of it. */
export interface AdminKeyStore {
  /** Rejects, and stores nothing, if a key with this hash is there already. Ids are never used twice. */
  createAdminKey(key: NewAdminKey, audit?: AuditEventFactory<AdminKeyRecord>): Promise<AdminKeyRecord>;
  findAdminKeyByHash(keyHash: string): Promise<AdminKeyRecord | null>;
  findAdminKey(id: number): Promise<AdminKeyRecord | null>;
  /** All of them, revoked ones too, newest first. */
  listAdminKeys(): Promise<AdminKeyRecord[]>;
  /** Answers the record as revoked, or null if there is no such key or it was revoked before: one caller wins. */
  revokeAdminKey(
    id: number,
    revokedAt: number,
    audit?: AuditEventFactory<AdminKeyRecord>,
  ): Promise<AdminKeyRecord | null>;
  /** Answers the record as restored, or null if there is no such key or it was not revoked: one caller wins. */
  undoRevokeAdminKey(
    id: number,
    restoredAt: number,
    audit?: AuditEventFactory<AdminKeyRecord>,
  ): Promise<AdminKeyRecord | null>;
  /** Removes a revoked key for ever, and answers what it was; null if there is none. A live key stays as it is. */
  deleteRevokedAdminKey(
    id: number,
    audit?: AuditEventFactory<AdminKeyRecord>,
  ): Promise<AdminKeyRecord | null>;
  /**
   * Revokes every key that was neither used nor made nor restored since `unusedSince`. Of several nodes that run it at once, each
   * key is answered to one.
   */
  revokeUnusedAdminKeys(
    unused: { unusedSince: number; revokedAt: number },
    audit?: AuditEventFactory<AdminKeyRecord>,
  ): Promise<AdminKeyRecord[]>;
  /** Writes last-used, one batch. Never backwards in time; unknown ids are passed over. */
  touchAdminKeys(touches: readonly AdminKeyTouch[]): Promise<void>;
}
