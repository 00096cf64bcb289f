import type { UseLog } from '../limits/use-log.ts';
import type { RoutePermission } from '../scopes/scope.ts';
import type { MaybePromise } from '../site.ts';
import type { KeyRecord } from '../store/store.ts';
import type { PendingUse } from './last-used.ts';

/**
 * A key as the judge wants it: everything a request needs in one object, so that a warm judgement touches memory in
 * one place. What its scopes allow is looked up once; when it was used stays with it for as long as it is known.
 */
export interface KnownKey<Stored extends StoredKey = KeyRecord> extends PendingUse {
  readonly record: Stored;
  readonly permissions: readonly RoutePermission[];
  readonly uses: UseLog;
}

interface StoredKey {
  readonly id: number;
  readonly keyHash: string;
}

export interface KeyCache<Stored extends StoredKey> {
  /** Answers at once when the key was seen before, else a promise. Unknown keys are never remembered. */
  find(keyHash: string): MaybePromise<KnownKey<Stored> | null>;
  /** Call after every change of a key: from then on `find` sees the change. The uses stay counted. */
  forget(keyHash: string): void;
}

interface Entry<Stored extends StoredKey> extends KnownKey<Stored> {
  record: Stored;
  permissions: readonly RoutePermission[];
  isStale: boolean;
}

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
    if (!record) {
      entries.delete(keyHash);
      return null;
    }
    // Asked again after the wait: requests that came in together must share one log of uses.
    const entry = entries.get(keyHash) ?? addEntry(record);
    entry.record = record;
    entry.permissions = permissionsOf(record);
    entry.isStale = changes !== changesBefore;
    return entry;
  }

  function addEntry(record: Stored): Entry<Stored> {
    if (entries.size >= capacity) {
      const oldest = entries.keys().next();
      if (!oldest.done) entries.delete(oldest.value);
    }
    const entry: Entry<Stored> = {
      record,
      permissions: [],
      uses: createUseLog(),
      pendingUse: null,
      isStale: true,
    };
    entries.set(record.keyHash, entry);
    return entry;
  }

  return {
    find(keyHash) {
      const entry = entries.get(keyHash);
      return entry && !entry.isStale ? entry : load(keyHash);
    },
    forget(keyHash) {
      changes += 1;
      const entry = entries.get(keyHash);
      if (entry) entry.isStale = true;
    },
  };
}
