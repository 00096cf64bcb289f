import type { KeyRecord, NewKey } from './key-record.ts';

/** The part of a `Store` that keeps the keys which people make for themselves. */
export interface PersonalKeyStore {
  /**
   * Stores a key of kind `personal`, unless its person has `max` live ones at the moment it is made (neither revoked
   * nor ended); null then. Of any number at once, no more than `max` live keys come of it.
   */
  createPersonalKey(key: NewKey, max: number): Promise<KeyRecord | null>;
}
