import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { digestOfHash } from '../core/key/hash-key.ts';
import type { KeyLastUsed } from '../ports/key-store.ts';
import { KeyCache } from './key-cache.ts';
import { NONE } from './key-table.ts';

const limits = { perMinute: 3, perDay: 10 };
const hashOf = (id: number) => createHash('sha256').update(`${id}`).digest('hex');
const digestOf = (id: number) => digestOfHash(hashOf(id));

function createCache(capacity: number) {
  const written: KeyLastUsed[] = [];
  const parts = { isBroken: false };
  const cache = new KeyCache({
    capacity,
    async load(keyHash: string) {
      const id = idByHash.get(keyHash);
      return id === undefined ? null : { id, keyHash, revokedAt: null };
    },
    permissionsOf: () => [],
    async write(touches: readonly KeyLastUsed[]) {
      if (parts.isBroken) throw new Error('disk full');
      written.push(...touches);
    },
  });
  const idByHash = new Map(Array.from({ length: 10 }, (_, id) => [hashOf(id), id]));
  return { cache, written, parts };
}

test('a key that makes room takes its last use along to the next batch, and its limits start anew', async () => {
  const { cache, written } = createCache(2);
  await cache.load(hashOf(1));
  const place = cache.placeOf(digestOf(1), 1);
  for (let now = 1; now <= 3; now += 1) expect(cache.uses.use(place, now, limits).allowed).toBe(true);
  cache.lastUsed.note(place, 3, '192.0.2.1', 'plum/1');
  await cache.load(hashOf(2));
  await cache.load(hashOf(3));
  expect(cache.find(digestOf(1))).toBe(NONE);
  const successor = cache.placeOf(digestOf(3), 3);
  expect(successor).toBe(place);
  expect(cache.uses.use(successor, 4, limits).allowed).toBe(true);
  cache.lastUsed.note(successor, 4, '192.0.2.3', null);
  await cache.lastUsed.flush();
  expect(written).toEqual([
    { id: 1, usedAt: 3, ipAddress: '192.0.2.1', userAgent: 'plum/1' },
    { id: 3, usedAt: 4, ipAddress: '192.0.2.3', userAgent: null },
  ]);
});

test('keys that only come in, and are not used, leave nothing to write, past several times of growing', async () => {
  const { cache, written } = createCache(5_000);
  for (let id = 0; id < 6_000; id += 1) cache.placeOf(digestOf(id), id);
  await cache.lastUsed.flush();
  expect(written).toEqual([]);
});

test('a batch that cannot be written waits, and a later use of the same key goes before it', async () => {
  const { cache, written, parts } = createCache(2);
  await cache.load(hashOf(1));
  const place = cache.placeOf(digestOf(1), 1);
  parts.isBroken = true;
  cache.lastUsed.note(place, 10, 'a', null);
  await expect(cache.lastUsed.flush()).rejects.toThrow('disk full');
  cache.lastUsed.note(place, 20, 'b', null);
  parts.isBroken = false;
  await cache.lastUsed.flush();
  await cache.lastUsed.flush();
  expect(written).toEqual([{ id: 1, usedAt: 20, ipAddress: 'b', userAgent: null }]);
});

test('what changed while it was read is used once and not kept', async () => {
  const { cache } = createCache(2);
  const reading = cache.load(hashOf(1));
  cache.forget(hashOf(1));
  expect((await reading)?.record.id).toBe(1);
  expect(cache.keyAt(cache.find(digestOf(1)))).toBeNull();
});

test('what is read while somebody asks for a key that there is not is kept', async () => {
  const { cache } = createCache(2);
  const reading = cache.load(hashOf(1));
  expect(await cache.load(hashOf(99))).toBeNull();
  await reading;
  expect(cache.keyAt(cache.find(digestOf(1)))?.record.id).toBe(1);

  const unknownFirst = cache.load(hashOf(99));
  const readingSecond = cache.load(hashOf(2));
  await Promise.all([unknownFirst, readingSecond]);
  expect(cache.keyAt(cache.find(digestOf(2)))?.record.id).toBe(2);
});

test('a person found good while the key was changed does not make it ready', async () => {
  const { cache } = createCache(2);
  const known = await cache.load(hashOf(1));
  if (!known) throw new Error('The key is there.');
  const place = cache.placeOf(digestOf(1), 1);
  cache.forget(hashOf(1));
  known.principal = {} as never;
  cache.markReady(place, known, 0, 1);
  expect(cache.isReady(place, 0, 1)).toBe(false);
});

test('a key that is over does not become ready again when the clock leaps ahead and back', async () => {
  const { cache } = createCache(2);
  const known = await cache.load(hashOf(1));
  if (!known) throw new Error('The key is there.');
  const day = 86_400_000;
  const place = cache.placeOf(digestOf(1), 1);
  known.principal = {} as never;
  Object.assign(known, { expiresAt: 40 * day });
  cache.markReady(place, known, 30 * day, 1);
  expect(cache.isReady(place, 39 * day, 1)).toBe(true);
  expect(cache.isReady(place, 90 * day, 1)).toBe(false);
  expect(cache.isReady(place, 50 * day, 1)).toBe(false);
});
