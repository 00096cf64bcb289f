import type { KeyKind, KeyRecord, NewKey } from '../core/key/key-record.ts';
import type { AdminKeyStore } from './admin-key-store.ts';
import type { AuditEventFactory, AuditStore } from './audit-store.ts';
import type { ClientStore } from './client-store.ts';
import type { GrantStore } from './grant-store.ts';
import type { PersonalKeyStore } from './personal-key-store.ts';
import type { PushStore } from './push-store.ts';

export type { KeyKind, KeyRecord, NewKey, RevocationReason } from '../core/key/key-record.ts';

/** One use of a key, for the last-used columns. */
export interface KeyTouch {
  readonly id: number;
  readonly usedAt: number;
  readonly ipAddress: string;
  readonly userAgent: string | null;
}

/** Signs a person in once (PROTOCOL.md section 7). */
export interface OneTimePassword {
  /** SHA-256 of the password's text, 64 lower-case hex digits. */
  readonly passwordHash: string;
  readonly userId: string;
  readonly expiresAt: number;
}

/** How an attempt to bring a key back ended. */
export type UndoOutcome = 'restored' | 'not_found' | 'not_revoked' | 'was_replaced' | 'too_many';

/**
 * Where keys live. Each method is atomic: it happened whole or not at all, also across a crash, and what it
 * answered is durable. A change that is audited takes its event along as `audit`, the last parameter: both or neither
 * (`AuditEventFactory`). Every implementation passes `runStoreConformance` from `@valetkey/server/testing`.
 */
export interface Store
  extends AdminKeyStore,
    AuditStore,
    ClientStore,
    GrantStore,
    PersonalKeyStore,
    PushStore {
  /**
   * The earlier unrevoked key of this user, kind and client dies (`replaced`) and the new one lives, or neither. One
   * that is retiring has made room already, and keeps its grace time.
   * Two at once: both succeed one after the other, and exactly one of the keys is live afterwards.
   */
  replaceKey(
    key: NewKey,
    audit?: AuditEventFactory<KeyRecord>,
  ): Promise<{ key: KeyRecord; replaced: KeyRecord | null }>;
  findKeyByHash(keyHash: string): Promise<KeyRecord | null>;
  findKey(id: number): Promise<KeyRecord | null>;
  /** The one key of this user, kind and client that is neither revoked nor retiring, expired or not. */
  findUnrevokedKey(userId: string, kind: KeyKind, clientId: string): Promise<KeyRecord | null>;
  /**
   * Keys of a person, newest first.
   *
   * @param revokedSince what was revoked before is left out; null for unrevoked ones alone. Left out: all of them, which may
   * be very many: a person can have thousands of dead keys
   */
  listKeys(userId: string, revokedSince?: number | null): Promise<KeyRecord[]>;
  /** Answers the record as revoked, or null if there is no such key or it was revoked before: one caller wins. */
  revokeKey(id: number, revokedAt: number, audit?: AuditEventFactory<KeyRecord>): Promise<KeyRecord | null>;
  /**
   * Revokes every key that was neither used nor approved nor restored since `unusedSince`, and every one approved before
   * `approvedBefore` (null: whatever its age). Of several nodes that run it at once, each key is answered to one.
   */
  revokeStaleKeys(
    stale: { unusedSince: number | null; approvedBefore: number | null; revokedAt: number },
    audit?: AuditEventFactory<KeyRecord>,
  ): Promise<KeyRecord[]>;
  /**
   * Brings a revoked key back, unless a newer key of the same user and client took its place, or did by a rotation.
   *
   * @param undoing `max` is for a personal key: `too_many` if its person has that many live ones at `restoredAt`. Of any
   * number of undoings and makings at once, no more than `max` live keys come
   */
  undoRevokeKey(
    id: number,
    undoing: { restoredAt: number; max: number },
    audit?: AuditEventFactory<KeyRecord>,
  ): Promise<UndoOutcome>;
  /** Forgets every key that was revoked, or had ended by itself, before this moment; answers how many. Ids are never used twice. */
  forgetDeadKeys(before: number): Promise<number>;
  /** Moves a key to another client id; false if the key is gone or the user has another unrevoked key of its kind there. */
  renameClient(id: number, clientId: string): Promise<boolean>;
  /** Writes last-used, one batch. Never backwards in time; unknown ids are passed over. */
  touchKeys(touches: readonly KeyTouch[]): Promise<void>;
  /** Stores it, and forgets those whose time is over at this moment. */
  saveOneTimePassword(
    password: OneTimePassword,
    now: number,
    audit?: AuditEventFactory<OneTimePassword>,
  ): Promise<void>;
  /** Whose it is, if it is good at this moment. Changes nothing. */
  findOneTimePassword(passwordHash: string, now: number): Promise<string | null>;
  /** The same, and it is never good again: of any number who come at once, one is answered. */
  consumeOneTimePassword(passwordHash: string, now: number): Promise<string | null>;
  listSettings(): Promise<ReadonlyMap<string, string>>;
  /** Stores it if the setting has no value yet, and answers the one it has: of any number at once, one value wins. */
  saveFirstSetting(name: string, value: string): Promise<string>;
  /** Texts by the settings’ names: all of them are stored, or none. @param audit of each, by its name */
  saveSettings(values: ReadonlyMap<string, string>, audit?: AuditEventFactory<string>): Promise<void>;
  close(): Promise<void>;
}
