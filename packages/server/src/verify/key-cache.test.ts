import { afterEach, expect, test, vi } from 'vitest';
import { KeyCache } from './key-cache.ts';

interface Stored {
  readonly id: number;
  readonly keyHash: string;
  readonly revokedAt: number | null;
}

function createCache({ maxAgeMs, capacity }: { maxAgeMs?: number; capacity?: number } = {}) {
  const state = { now: 0, reads: 0, revokedAt: null as number | null, isBroken: false };
  const cache = new KeyCache<Stored>({
    kind: 'key',
    maxAgeMs,
    capacity,
    monotonicNow: () => state.now,
    permissionsOf: () => [],
    async load(keyHash) {
      state.reads += 1;
      const { revokedAt } = state;
      await null;
      if (state.isBroken) throw new Error('disk full');
      return keyHash === 'unknown' ? null : { id: 1, keyHash, revokedAt };
    },
  });
  return { cache, state };
}

afterEach(() => void vi.useRealTimers());

test('KeyCache.load: does not cache a record that is invalidated while it is loaded', async () => {
  const { cache, state } = createCache();
  const reading = cache.load('a');
  state.revokedAt = 5;
  cache.invalidate('a');
  // A request after the invalidation must not share the earlier load.
  const after = cache.load('a');
  expect((await reading)?.record.revokedAt).toBeNull();
  expect((await after)?.record.revokedAt).toBe(5);
  expect(cache.find('a')?.record.revokedAt).toBe(5);
});

test('KeyCache.load: does not cache a record that was loaded before clear', async () => {
  const { cache } = createCache();
  const reading = cache.load('a');
  cache.clear();
  await reading;
  expect(cache.find('a')).toBeNull();
});

test('KeyCache.load: caches a record if other keys are invalidated or unknown meanwhile', async () => {
  const { cache } = createCache();
  const reading = cache.load('a');
  cache.invalidate('b');
  expect(await cache.load('unknown')).toBeNull();
  await reading;
  expect(cache.find('a')?.record.keyHash).toBe('a');
  expect(cache.find('unknown')).toBeNull();
});

test('KeyCache.load: loads once for concurrent requests', async () => {
  const { cache, state } = createCache();
  await Promise.all(Array.from({ length: 50 }, () => cache.load('a')));
  expect(state.reads).toBe(1);
});

test('KeyCache.load: rejects if the store fails, and loads again the next time', async () => {
  const { cache, state } = createCache();
  state.isBroken = true;
  await expect(cache.load('a')).rejects.toThrow('disk full');
  state.isBroken = false;
  expect((await cache.load('a'))?.record.id).toBe(1);
});

test('KeyCache.find: returns no key that is older than maxAgeMs', async () => {
  const { cache, state } = createCache({ maxAgeMs: 1_000 });
  await cache.load('a');
  state.now = 999;
  expect(cache.find('a')).not.toBeNull();
  state.now = 1_000;
  expect(cache.find('a')).toBeNull();
  await cache.load('a');
  expect(cache.find('a')?.loadedAt).toBe(1_000);
});

test('KeyCache: caches as many keys as its capacity', async () => {
  const { cache } = createCache({ capacity: 2 });
  for (const hash of ['a', 'b', 'c']) await cache.load(hash);
  expect(['a', 'b', 'c'].filter((hash) => cache.find(hash))).toHaveLength(2);
});

test('KeyCache.load: rejects after two seconds without a result, and caches no later one', async () => {
  vi.useFakeTimers();
  const answer = Promise.withResolvers<Stored>();
  const load = () => answer.promise;
  const cache = new KeyCache<Stored>({ kind: 'key', monotonicNow: () => 0, permissionsOf: () => [], load });
  const rejected = expect(cache.load('a')).rejects.toMatchObject({ code: 'store_unavailable' });
  await vi.advanceTimersByTimeAsync(2_000);
  await rejected;
  answer.resolve({ id: 1, keyHash: 'a', revokedAt: null });
  await vi.advanceTimersByTimeAsync(0);
  expect(cache.find('a')).toBeNull();
  expect((await cache.load('a'))?.record.id).toBe(1);
});
