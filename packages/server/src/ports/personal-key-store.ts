import type { AuditEventFactory } from '../core/audit/audit-event.ts';
import type { KeyRecord, NewKey } from '../core/key/key-record.ts';
import type { BatchEnd, RecordBatch } from './record-batch.ts';

/** What a rotation changes; the new key copies everything else from the old one. */
export interface Successor extends Pick<NewKey, 'keyHash' | 'createdAt'> {
  /** When the old key expires; `createdAt` for immediately. */
  readonly retiresAt: number;
}

/** The result of a rotation: both keys as they are now, or the reason why nothing changed. */
export type RotationOutcome =
  | { readonly kind: 'rotated'; readonly key: KeyRecord; readonly retiring: KeyRecord }
  | { readonly kind: 'not_found' | 'was_revoked' | 'was_rotated' | 'too_many' };

/**
 * Stores the keys that users create for themselves. Part of `Store`; the guarantees there apply.
 *
 * A method with the limit `max` counts active keys and then stores one. At the isolation level READ COMMITTED, two concurrent
 * transactions count the same rows and exceed the limit. A store therefore locks the user first, in PostgreSQL with
 * `pg_advisory_xact_lock(hashtext(user_id))`, in `createPersonalKey`, `rotateKey`, `undoRevokeKey`,
 * `replaceKey` and `approveGrant` alike. SQLite needs no lock of its own: a transaction there is `BEGIN IMMEDIATE`.
 */
export interface PersonalKeyStore {
  /**
   * Stores a key of kind `personal`. Returns null, and stores nothing, if the user has `max` active ones at the key's
   * `createdAt`. Concurrent calls never exceed `max`.
   */
  createPersonalKey(
    key: NewKey,
    max: number,
    audit?: AuditEventFactory<KeyRecord>,
  ): Promise<KeyRecord | null>;
  /**
   * Lets an active personal key expire later, and forgets which reminders were taken. Returns the changed record; null, and
   * changes nothing, if the key is not active at `now`, is retiring, never expires, or would not expire later.
   */
  renewKey(
    id: number,
    renewal: { readonly now: number; readonly expiresAt: number },
    audit?: AuditEventFactory<KeyRecord>,
  ): Promise<KeyRecord | null>;
  /**
   * Examines the next batch of keys, and returns the active personal keys with a due reminder that was not taken. Omits retiring
   * keys. The reminder is the smallest of 1, 7 and 30 days that covers the remaining time of the key. None is due if the whole
   * lifetime is no longer than that. Only one of several concurrent calls gets a reminder. After it, no reminder with more days
   * is returned.
   */
  takeExpiryReminders(
    batch: { readonly now: number } & RecordBatch,
  ): Promise<{ keys: KeyRecord[] } & BatchEnd>;
  /**
   * Stores a new key with the name, scopes, client id and expiry of this personal key, and lets the old one expire at
   * `retiresAt`: both or neither. Of concurrent rotations, one succeeds and the others return `was_rotated`. If a
   * revocation comes first, the rotation returns `was_revoked`. A later revocation revokes only the key that it names;
   * the other key stays active. If the old key stays active for a while, `max` applies as in `createPersonalKey`.
   *
   * @param audit gets the old key
   */
  rotateKey(
    id: number,
    successor: Successor,
    max: number,
    audit?: AuditEventFactory<KeyRecord>,
  ): Promise<RotationOutcome>;
}
