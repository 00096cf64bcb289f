import type { AuditEventFactory } from '../core/audit/audit-event.ts';
import type { AdminKeyRecord, NewAdminKey } from '../core/key/admin-key-record.ts';
import type { BatchEnd, RecordBatch, RecordPage } from './record-batch.ts';

/** The latest use of an admin key. */
export interface AdminKeyLastUsed {
  readonly id: number;
  readonly usedAt: number;
}

/** Stores admin keys (PROTOCOL.md#admin-keys). Part of `Store`; the guarantees there apply. */
export interface AdminKeyStore {
  /** Rejects, and stores nothing, if a key with this hash exists. Ids are never reused. */
  createAdminKey(key: NewAdminKey, audit?: AuditEventFactory<AdminKeyRecord>): Promise<AdminKeyRecord>;
  findAdminKeyByHash(keyHash: string): Promise<AdminKeyRecord | null>;
  findAdminKey(id: number): Promise<AdminKeyRecord | null>;
  /** Returns one page of admin keys, active and revoked, newest first. */
  listAdminKeys(page?: RecordPage): Promise<AdminKeyRecord[]>;
  /**
   * Revokes a key and returns its record; null if the key does not exist or is already revoked. Only one of several
   * concurrent calls gets the record.
   */
  revokeAdminKey(
    id: number,
    revokedAt: number,
    audit?: AuditEventFactory<AdminKeyRecord>,
  ): Promise<AdminKeyRecord | null>;
  /**
   * Restores a key and returns its record; null if the key does not exist or is not revoked. Only one of several
   * concurrent calls gets the record.
   */
  undoRevokeAdminKey(
    id: number,
    restoredAt: number,
    audit?: AuditEventFactory<AdminKeyRecord>,
  ): Promise<AdminKeyRecord | null>;
  /** Deletes a revoked key and returns its record; null if there is none. Never deletes an active key. */
  deleteRevokedAdminKey(
    id: number,
    audit?: AuditEventFactory<AdminKeyRecord>,
  ): Promise<AdminKeyRecord | null>;
  /**
   * Examines the next batch of keys, and revokes each that was neither used nor created nor restored since
   * `unusedSince`. Only one of several concurrent calls gets each revoked record.
   */
  revokeUnusedAdminKeys(
    unused: { unusedSince: number; revokedAt: number } & RecordBatch,
    audit?: AuditEventFactory<AdminKeyRecord>,
  ): Promise<{ revoked: AdminKeyRecord[] } & BatchEnd>;
  /** Stores a batch of last uses. Ignores unknown ids, and earlier uses as `KeyStore.recordKeysUsed` does. */
  recordAdminKeysUsed(uses: readonly AdminKeyLastUsed[]): Promise<void>;
}
