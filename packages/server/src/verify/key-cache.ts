import { BoundedMap } from '../core/bounded-map.ts';
import type { VerifiedKey } from '../core/key/key-record.ts';
import type { RoutePermission } from '../core/scopes/scope.ts';
import { type CachedKey, createCachedKey, type StoredKey } from './cached-key.ts';
import { withinTime } from './within-time.ts';

/** The longest that a request waits for its key: as long as the lease of a change feed. */
const LOAD_TIMEOUT_MS = 2_000;

/** How many keys are cached, and how long. */
export interface KeyCacheOptions {
  /** @default 200,000 */
  readonly capacity?: number | undefined;
  /** A key is loaded again after this many milliseconds. @default never: every change is published */
  readonly maxAgeMs?: number | undefined;
  /** Monotonic milliseconds. */
  readonly monotonicNow: () => number;
}

interface KeyCacheParts<Stored extends StoredKey> extends KeyCacheOptions {
  /** The prefix of the key’s counts in the use limiter; its id follows. Short, because each cached key has it. */
  readonly kind: 'key' | 'admin';
  readonly load: (keyHash: string) => Promise<Stored | null>;
  readonly permissionsOf: (record: Stored) => readonly RoutePermission[];
}

/**
 * Caches keys by their hash. A record that was loaded before an invalidation is used once and not cached: otherwise a
 * key that is revoked while it is loaded would keep working.
 */
export class KeyCache<Stored extends StoredKey = VerifiedKey> {
  /** How often a key was in memory, and how often it was not. */
  readonly lookups = { hit: 0, miss: 0 };
  readonly #parts: KeyCacheParts<Stored>;
  readonly #maxAgeMs: number;
  readonly #keys: BoundedMap<CachedKey<Stored>>;
  /** Pending loads that were not invalidated. Concurrent requests share them. */
  readonly #loading = new Map<string, Promise<CachedKey<Stored> | null>>();

  constructor(parts: KeyCacheParts<Stored>) {
    this.#parts = parts;
    this.#maxAgeMs = parts.maxAgeMs ?? Number.POSITIVE_INFINITY;
    this.#keys = new BoundedMap(parts.capacity ?? 200_000);
  }

  /** The number of cached keys. */
  get size(): number {
    return this.#keys.size;
  }

  /** Returns the key if it is cached. */
  find(keyHash: string): CachedKey<Stored> | null {
    const cached = this.#keys.get(keyHash);
    if (cached === undefined || this.#isTooOld(cached)) {
      this.lookups.miss += 1;
      return null;
    }
    this.lookups.hit += 1;
    return cached;
  }

  #isTooOld({ loadedAt }: CachedKey<Stored>): boolean {
    return loadedAt !== null && this.#parts.monotonicNow() - loadedAt >= this.#maxAgeMs;
  }

  /**
   * Loads the key from the store and caches it; null, and not cached, if there is none.
   *
   * @throws ValetkeyError `store_unavailable` after two seconds; the errors of the store
   */
  load(keyHash: string): Promise<CachedKey<Stored> | null> {
    const shared = this.#loading.get(keyHash);
    if (shared) return shared;
    /** Returns whether this load was not invalidated. */
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
    // Taken before the load, when the record was certainly current.
    const loadedAt = this.#maxAgeMs === Number.POSITIVE_INFINITY ? null : monotonicNow();
    const record = await withinTime(LOAD_TIMEOUT_MS, load(keyHash));
    if (!record) return null;
    // The uses of all access tokens of a grant count together: a refresh must not reset the limits.
    const limiterKey = `${record.kind === 'oauth' ? 'grant' : kind}:${record.id}`;
    return createCachedKey(record, { permissions: permissionsOf(record), limiterKey, loadedAt });
  }

  /** Call it after every change of a key: earlier records are not used from then on. */
  invalidate(keyHash: string): void {
    this.#loading.delete(keyHash);
    this.#keys.delete(keyHash);
  }

  /** Invalidates all keys. */
  clear(): void {
    this.#loading.clear();
    this.#keys.clear();
  }
}
