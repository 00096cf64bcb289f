import { type AddressMatcher, createAddressMatcher } from '../addresses/address-matcher.ts';
import { digestOfHash } from '../judge/hash-key.ts';
import type { UseLog } from '../limits/use-log.ts';
import type { RoutePermission } from '../scopes/scope.ts';
import type { SiteUser } from '../site.ts';
import type { KeyRecord } from '../store/store.ts';
import { endOfKey } from './end-of-key.ts';
import type { PendingUse } from './last-used.ts';

/**
 * A key as the judge wants it: everything that a request needs in one object. With many keys in use, what a judgement
 * costs is waiting for memory, so each further object on its way would be felt.
 */
export interface KnownKey<Stored extends StoredKey = KeyRecord> extends PendingUse {
  readonly record: Stored;
  /** As the record says; it stands here because looking it up there is a jump. */
  readonly isRevoked: boolean;
  /** When it ends by itself; see `endOfKey`. */
  readonly expiresAt: number;
  readonly permissions: readonly RoutePermission[];
  readonly uses: UseLog;
  /** Null for a key that may be used from anywhere. */
  readonly addresses: AddressMatcher | null;
  /** The person, as the site described them when it had counted this many changes; see `Site.usersRevision`. */
  user: SiteUser | null;
  usersRevision: number;
}

interface StoredKey {
  readonly id: number;
  readonly keyHash: string;
  readonly revokedAt: number | null;
  /** Absent for kinds of keys that never expire. */
  readonly expiresAt?: number | null;
  readonly retiresAt?: number | null;
  readonly allowedAddresses?: readonly string[] | null;
}

export interface KeyCache<Stored extends StoredKey> {
  /** The key if it was seen before and has not changed since. */
  peek(digest: string): KnownKey<Stored> | null;
  /** The key from the store, remembered from then on. Unknown keys are never remembered. */
  load(keyHash: string): Promise<KnownKey<Stored> | null>;
  /** Call after every change of a key: from then on neither shows it as it was. The uses stay counted. */
  forget(keyHash: string): void;
}

type Entry<Stored extends StoredKey> = {
  -readonly [Name in keyof KnownKey<Stored>]: KnownKey<Stored>[Name];
} & { isStale: boolean };

interface KeyCacheParts<Stored extends StoredKey> {
  readonly load: (keyHash: string) => Promise<Stored | null>;
  readonly permissionsOf: (record: Stored) => readonly RoutePermission[];
  readonly createUseLog: () => UseLog;
  readonly capacity?: number;
}

/**
 * Remembers the keys in use, the oldest-known ones dropped first.
 *
 * The race to lose: a look-up reads the record, the key is revoked and forgotten, then the look-up stores what it
 * read, and the dead key lives on in memory. So what a look-up brings back after any `forget` counts as stale.
 */
export function createKeyCache<Stored extends StoredKey>(parts: KeyCacheParts<Stored>): KeyCache<Stored> {
  const { permissionsOf, createUseLog, capacity = 200_000 } = parts;
  const entries = new Map<string, Entry<Stored>>();
  let changes = 0;

  async function load(keyHash: string): Promise<KnownKey<Stored> | null> {
    const changesBefore = changes;
    const record = await parts.load(keyHash);
    const digest = digestOfHash(keyHash);
    if (!record) {
      entries.delete(digest);
      return null;
    }
    // Asked again after the wait: requests that came in together must share one log of uses.
    const entry = entries.get(digest) ?? addEntry(digest, record);
    entry.record = record;
    entry.isRevoked = record.revokedAt !== null;
    entry.expiresAt = endOfKey(record);
    entry.permissions = permissionsOf(record);
    entry.addresses = record.allowedAddresses ? createAddressMatcher(record.allowedAddresses) : null;
    entry.isStale = changes !== changesBefore;
    return entry;
  }

  function addEntry(digest: string, record: Stored): Entry<Stored> {
    if (entries.size >= capacity) {
      const oldest = entries.keys().next();
      if (!oldest.done) entries.delete(oldest.value);
    }
    const entry: Entry<Stored> = {
      isStale: true,
      isRevoked: false,
      hasPendingUse: false,
      usersRevision: -1,
      expiresAt: 0.5,
      usedAt: 0.5,
      usedAddress: '',
      usedAgent: null,
      user: null,
      uses: createUseLog(),
      permissions: [],
      addresses: null,
      record,
    };
    entries.set(digest, entry);
    return entry;
  }

  return {
    load,
    peek(digest) {
      const entry = entries.get(digest);
      return entry !== undefined && !entry.isStale ? entry : null;
    },
    forget(keyHash) {
      changes += 1;
      const entry = entries.get(digestOfHash(keyHash));
      if (entry) entry.isStale = true;
    },
  };
}
