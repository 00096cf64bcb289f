import { permissionsOf, type RoutePermission, type ScopeDefinitions } from '../scopes/scope.ts';
import type { MaybePromise } from '../site.ts';
import type { KeyRecord, Store } from '../store/store.ts';

/** A key as the judge wants it: what its scopes allow is looked up once, not on every request. */
export interface KnownKey {
  readonly record: KeyRecord;
  readonly permissions: readonly RoutePermission[];
}

export interface KeyCache {
  /** Answers at once when the key was seen before, else a promise. Unknown keys are never remembered. */
  find(keyHash: string): MaybePromise<KnownKey | null>;
  /** Call after every change of a key: from then on `find` sees the change. */
  forget(keyHash: string): void;
}

/**
 * Remembers the keys in use, the oldest-loaded ones dropped first.
 *
 * The race to lose: a look-up reads the record, the key is revoked and forgotten, then the look-up stores what it
 * read, and the dead key lives on in memory. So a look-up that saw any `forget` while it waited stores nothing.
 */
export function createKeyCache(store: Store, definitions: ScopeDefinitions, capacity = 200_000): KeyCache {
  const known = new Map<string, KnownKey>();
  let changes = 0;

  async function load(keyHash: string): Promise<KnownKey | null> {
    const changesBefore = changes;
    const record = await store.findKeyByHash(keyHash);
    if (!record) return null;
    const key = { record, permissions: permissionsOf(record.scopes, definitions) };
    if (changes === changesBefore) {
      if (known.size >= capacity) dropOldest();
      known.set(keyHash, key);
    }
    return key;
  }

  function dropOldest(): void {
    const oldest = known.keys().next();
    if (!oldest.done) known.delete(oldest.value);
  }

  return {
    find: (keyHash) => known.get(keyHash) ?? load(keyHash),
    forget(keyHash) {
      changes += 1;
      known.delete(keyHash);
    },
  };
}
