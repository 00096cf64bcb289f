import { BoundedMap } from '../core/bounded-map.ts';
import type { KeyRecord } from '../core/key/key-record.ts';
import type { RoutePermission } from '../core/scopes/scope.ts';
import { type CachedKey, createCachedKey, type StoredKey } from './cached-key.ts';

/** How many keys are cached, and for how long. */
export interface KeyCacheOptions {
  /** @default 200,000 */
  readonly capacity?: number | undefined;
  /** A key is loaded again after so many milliseconds. @default never: every change is heard of */
  readonly maxAgeMs?: number | undefined;
  /** Milliseconds of a clock that never goes backwards. */
  readonly monotonicNow: () => number;
}

interface KeyCacheParts<Stored extends StoredKey> extends KeyCacheOptions {
  /** What the uses of these keys are counted under, before their id. */
  readonly kind: 'user_key' | 'admin_key';
  readonly load: (keyHash: string) => Promise<Stored | null>;
  readonly permissionsOf: (record: Stored) => readonly RoutePermission[];
}

/**
 * The keys in use, by their hash. A record that was read before an invalidation is used once and not cached: otherwise a key
 * that is revoked while it is being read would go on working.
 */
export class KeyCache<Stored extends StoredKey = KeyRecord> {
  readonly #parts: KeyCacheParts<Stored>;
  readonly #maxAgeMs: number;
  readonly #keys: BoundedMap<CachedKey<Stored>>;
  /** Reads under way that nothing has invalidated. Requests that come meanwhile share them. */
  readonly #loading = new Map<string, Promise<CachedKey<Stored> | null>>();

  constructor(parts: KeyCacheParts<Stored>) {
    this.#parts = parts;
    this.#maxAgeMs = parts.maxAgeMs ?? Number.POSITIVE_INFINITY;
    this.#keys = new BoundedMap(parts.capacity ?? 200_000);
  }

  /** The key if it is cached. */
  find(keyHash: string): CachedKey<Stored> | null {
    const cached = this.#keys.get(keyHash);
    if (cached === undefined) return null;
    if (this.#maxAgeMs === Number.POSITIVE_INFINITY) return cached;
    return this.#parts.monotonicNow() - cached.loadedAt < this.#maxAgeMs ? cached : null;
  }

  /** Reads the key from the store and caches it; null, and not cached, if there is none. */
  load(keyHash: string): Promise<CachedKey<Stored> | null> {
    const shared = this.#loading.get(keyHash);
    if (shared) return shared;
    /** Whether nothing has invalidated this read. */
    const end = (): boolean => this.#loading.get(keyHash) === loading && this.#loading.delete(keyHash);
    const loading = this.#read(keyHash).then(
      (cached) => {
        if (end() && cached) this.#keys.set(cached.record.keyHash, cached);
        return cached;
      },
      (error: unknown) => {
        end();
        throw error;
      },
    );
    this.#loading.set(keyHash, loading);
    return loading;
  }

  async #read(keyHash: string): Promise<CachedKey<Stored> | null> {
    const { kind, load, permissionsOf, monotonicNow } = this.#parts;
    // Before the read, when the record was certainly up to date.
    const loadedAt = monotonicNow();
    const record = await load(keyHash);
    if (!record) return null;
    const limiterKey = `${kind}:${record.id}`;
    return createCachedKey(record, { permissions: permissionsOf(record), limiterKey, loadedAt });
  }

  /** Call after every change of a key: from then on nothing uses what was read before. */
  invalidate(keyHash: string): void {
    this.#loading.delete(keyHash);
    this.#keys.delete(keyHash);
  }

  /** The same for all keys. */
  clear(): void {
    this.#loading.clear();
    this.#keys.clear();
  }
}
