import { digestOfHash } from '../judge/hash-key.ts';
import { UseLog } from '../limits/use-log.ts';
import { permissionsOf, type RoutePermission, type ScopeDefinitions } from '../scopes/scope.ts';
import type { SiteUser } from '../site.ts';
import type { KeyRecord, Store } from '../store/store.ts';
import type { PendingUse } from './last-used.ts';

/**
 * A key as the judge wants it: everything that a request needs in one object. With many keys in use, what a judgement
 * costs is waiting for memory, so each further object on its way would be felt.
 */
export interface KnownKey extends PendingUse {
  readonly record: KeyRecord;
  /** Not revoked, as the record says; it stands here because looking it up there is a jump. */
  readonly isRevoked: boolean;
  /** The record's, with `Infinity` for none. */
  readonly expiresAt: number;
  /** One array for all keys of the same scopes. */
  readonly permissions: readonly RoutePermission[];
  readonly uses: UseLog;
  /** The person, as the site described them when it had counted this many changes; see `Site.usersRevision`. */
  user: SiteUser | null;
  usersRevision: number;
}

export interface KeyCache {
  /** The key if it was seen before and has not changed since. */
  peek(digest: string): KnownKey | null;
  /** The key from the store, remembered from then on. Unknown keys are never remembered. */
  load(keyHash: string): Promise<KnownKey | null>;
  /** Call after every change of a key: from then on neither shows it as it was. The uses stay counted. */
  forget(keyHash: string): void;
}

type Entry = { -readonly [Name in keyof KnownKey]: KnownKey[Name] } & { isStale: boolean };

/**
 * Remembers the keys in use, the oldest-known ones dropped first.
 *
 * The race to lose: a look-up reads the record, the key is revoked and forgotten, then the look-up stores what it
 * read, and the dead key lives on in memory. So what a look-up brings back after any `forget` counts as stale.
 */
export function createKeyCache(store: Store, definitions: ScopeDefinitions, capacity = 200_000): KeyCache {
  const entries = new Map<string, Entry>();
  const permissionSets = new Map<string, readonly RoutePermission[]>();
  let changes = 0;

  async function load(keyHash: string): Promise<KnownKey | null> {
    const changesBefore = changes;
    const record = await store.findKeyByHash(keyHash);
    if (!record) return null;
    // Asked again after the wait: requests that came in together must share one log of uses.
    const entry = entries.get(digestOfHash(keyHash)) ?? addEntry(record);
    entry.record = record;
    entry.isRevoked = record.revokedAt !== null;
    entry.expiresAt = record.expiresAt ?? Number.POSITIVE_INFINITY;
    entry.permissions = sharedPermissions(record.scopes);
    entry.isStale = changes !== changesBefore;
    return entry;
  }

  function addEntry(record: KeyRecord): Entry {
    if (entries.size >= capacity) {
      const oldest = entries.keys().next();
      if (!oldest.done) entries.delete(oldest.value);
    }
    const entry: Entry = {
      isStale: true,
      isRevoked: false,
      hasPendingUse: false,
      usersRevision: -1,
      expiresAt: 0.5,
      usedAt: 0.5,
      usedAddress: '',
      usedAgent: null,
      user: null,
      uses: new UseLog(),
      permissions: [],
      record,
    };
    entries.set(digestOfHash(record.keyHash), entry);
    return entry;
  }

  function sharedPermissions(scopes: readonly string[]): readonly RoutePermission[] {
    const name = scopes.join(',');
    const shared = permissionSets.get(name) ?? permissionsOf(scopes, definitions);
    permissionSets.set(name, shared);
    return shared;
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
