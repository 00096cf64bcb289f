import type { AuditEventFactory } from '../core/audit/audit-event.ts';
import type { KeyKind, KeyRecord, NewKey, RevocationReason } from '../core/key/key-record.ts';
import type { BatchEnd, RecordBatch, RecordPage } from './record-batch.ts';

/** The latest use of a key. */
export interface KeyLastUsed {
  readonly id: number;
  readonly usedAt: number;
  readonly ipAddress: string;
  readonly userAgent: string | null;
}

/** Which keys of a user to list. */
export interface KeyPage extends RecordPage {
  /** Leaves out keys that were revoked before this time; null leaves out all revoked keys. @default 0, for all keys */
  readonly revokedSince?: number | null;
}

/** Which active keys of all users to find. A field that is null or left out restricts nothing. */
export interface KeyFilter extends RecordPage {
  /** Only keys that are neither revoked nor expired nor retired at this time. */
  readonly activeAt: number;
  readonly userId?: string | null;
  readonly kind?: KeyKind | null;
  readonly clientId?: string | null;
  /** Part of the application name. Upper and lower case are the same, at least for ASCII letters. */
  readonly name?: string | null;
  /** Part of the redirect, without query. Upper and lower case are the same, at least for ASCII letters. */
  readonly redirect?: string | null;
  /** One of the scopes of the key. */
  readonly scope?: string | null;
  /** Only keys that were neither used nor approved nor restored since this time. */
  readonly unusedSince?: number | null;
  readonly expiresBefore?: number | null;
}

/** Which keys a job revokes, and at which time. */
export interface StaleKeys {
  /**
   * Revokes keys that were neither used nor approved nor restored since this time; null revokes none for this reason.
   */
  readonly unusedSince: number | null;
  /** Revokes keys that were approved before this time; null revokes none for this reason. */
  readonly approvedBefore: number | null;
  readonly revokedAt: number;
}

/** The result of an attempt to undo a revocation. */
export type UndoOutcome = 'restored' | 'not_found' | 'not_revoked' | 'was_replaced' | 'too_many';

/** Stores the keys of users. Part of `Store`; the guarantees there apply. */
export interface KeyStore {
  /**
   * Stores the key. In the same transaction, revokes the earlier unrevoked keys of this user and kind with this client
   * id (`replaced`). Approved and sent client ids both count. A retiring key is not replaced: it keeps its grace
   * period. Concurrent calls run one after the other, and exactly one of the keys is unrevoked afterwards. A unique
   * index on unrevoked, not retiring keys enforces this in the database.
   *
   * @param max how many active keys of this kind the user can have afterwards, at the key's `createdAt`. Concurrent
   * calls never exceed it. Needs the lock that `PersonalKeyStore` describes. @default no limit
   * @throws ValetkeyError `too_many_app_keys` with `max_keys`; nothing has changed then
   */
  replaceKey(
    key: NewKey,
    audit?: AuditEventFactory<KeyRecord>,
    max?: number,
  ): Promise<{ key: KeyRecord; replaced: readonly KeyRecord[] }>;
  findKeyByHash(keyHash: string): Promise<KeyRecord | null>;
  findKey(id: number): Promise<KeyRecord | null>;
  /**
   * Returns the only key of this user, kind and client that is neither revoked nor retiring. The key may be expired.
   */
  findUnrevokedKey(userId: string, kind: KeyKind, clientId: string): Promise<KeyRecord | null>;
  /** Returns one page of a user's keys, newest first. */
  listKeys(userId: string, page?: KeyPage): Promise<KeyRecord[]>;
  /** Returns one page of the keys that match the filter, of all users, newest first. */
  findKeys(filter: KeyFilter): Promise<KeyRecord[]>;
  /** Changes the name of an unrevoked key. Returns the changed record; null if there is none. */
  renameKey(
    id: number,
    applicationName: string,
    audit?: AuditEventFactory<KeyRecord>,
  ): Promise<KeyRecord | null>;
  /**
   * Revokes a key and returns its record; null if the key does not exist or is already revoked. Only one of several
   * concurrent calls gets the record. With `revoked_by_admin`, a key that was `revoked` is revoked again: the later
   * time and reason apply.
   *
   * @param reason stored as `revokedReason`. @default 'revoked'
   */
  revokeKey(
    id: number,
    revokedAt: number,
    audit?: AuditEventFactory<KeyRecord>,
    reason?: 'revoked' | 'revoked_by_admin',
  ): Promise<KeyRecord | null>;
  /**
   * Examines the next batch of keys and revokes the stale ones. Only one of several concurrent calls gets each revoked
   * record.
   */
  revokeStaleKeys(
    stale: StaleKeys & RecordBatch,
    audit?: AuditEventFactory<KeyRecord>,
  ): Promise<{ revoked: KeyRecord[] } & BatchEnd>;
  /**
   * Undoes a revocation, unless a replacement or a rotation put a newer key of this user, kind and client in its place.
   *
   * @param undoing `max` applies to keys of apps and to personal keys. The result is `too_many` if the user has `max`
   * active keys of this kind at `restoredAt`. Needs the lock that `PersonalKeyStore` describes, so that concurrent
   * calls never exceed `max`. With `reason`, only a revocation for that reason is undone; otherwise the result is
   * `not_revoked`
   */
  undoRevokeKey(
    id: number,
    undoing: { restoredAt: number; max: number; reason?: RevocationReason | null },
    audit?: AuditEventFactory<KeyRecord>,
  ): Promise<UndoOutcome>;
  /**
   * Examines the next batch of keys, and deletes each that was revoked, or had expired or retired, before this time.
   * Ids are never reused.
   */
  deleteExpiredKeys(range: { before: number } & RecordBatch): Promise<{ deleted: number } & BatchEnd>;
  /**
   * Stores the client id that the app of an unrevoked key sent; null if it sent the approved one. Returns the changed
   * record; null if the key does not exist or is revoked, or if nothing changes.
   */
  saveSentClientId(
    id: number,
    sentClientId: string | null,
    audit?: AuditEventFactory<KeyRecord>,
  ): Promise<KeyRecord | null>;
  /**
   * Stores a batch of last uses. Ignores unknown ids, and a use that is at most a day older than the stored one. A use
   * that is older than that replaces the stored one, because the stored time is from a wrong clock.
   */
  recordKeysUsed(uses: readonly KeyLastUsed[]): Promise<void>;
}
