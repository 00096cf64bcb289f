import type { AdminKeyRecord, NewAdminKey } from '../core/key/admin-key-record.ts';
import type { AuditEventFactory } from './audit-store.ts';

export type {
  AdminKeyRecord,
  AdminScope,
  AdminScopeMode,
  NewAdminKey,
} from '../core/key/admin-key-record.ts';

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
