import type { KeyRecord, NewKey } from '../core/key/key-record.ts';
import type { AuditEventFactory } from './audit-store.ts';

/** What a rotation brings; all else is the old key's. */
export interface Successor extends Pick<NewKey, 'keyHash' | 'createdAt'> {
  /** When the old key ends; `createdAt` for at once. */
  readonly retiresAt: number;
}

/** How a rotation ended: with both keys as they are now, or with nothing changed. */
export type RotationOutcome =
  | { readonly kind: 'rotated'; readonly key: KeyRecord; readonly retiring: KeyRecord }
  | { readonly kind: 'not_found' | 'was_revoked' | 'was_rotated' | 'too_many' };

/** The part of a `Store` that keeps the keys which people make for themselves. */
export interface PersonalKeyStore {
  /**
   * Stores a key of kind `personal`, unless its person has `max` live ones at the moment it is made (neither revoked
   * nor ended); null then. Of any number at once, no more than `max` live keys come of it.
   */
  createPersonalKey(
    key: NewKey,
    max: number,
    audit?: AuditEventFactory<KeyRecord>,
  ): Promise<KeyRecord | null>;
  /**
   * Puts a new key in the place of this personal key, alike in name, scopes, client id and expiry, and lets the old one
   * live on until `retiresAt`: both or neither. Two at once: one rotates, the other is told `was_rotated`. A revocation
   * that comes first wins (`was_revoked`); one that comes after ends the key it names, and the other lives on. Beside an
   * old key that lives on there are `max` live ones at most, as in `createPersonalKey`.
   *
   * @param audit of the old key
   */
  rotateKey(
    id: number,
    successor: Successor,
    max: number,
    audit?: AuditEventFactory<KeyRecord>,
  ): Promise<RotationOutcome>;
}
