import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { BoundedMap } from './bounded-map.ts';

const entry = () => ({ wasUsed: false });

test('BoundedMap: evicts what was not used recently, never more than it has to', () => {
  const map = new BoundedMap<{ wasUsed: boolean }>(3);
  for (const key of ['a', 'b', 'c']) map.set(key, entry());
  map.get('a');
  map.set('d', entry());
  expect([...map.entries()].map(([key]) => key).sort()).toEqual(['a', 'c', 'd']);
  map.set('d', entry());
  expect(map.size).toBe(3);
});

test('BoundedMap: evicts after eight entries in use, so that no insertion takes long', () => {
  const map = new BoundedMap<{ wasUsed: boolean }>(1_000);
  for (let key = 0; key < 1_000; key += 1) map.set(`${key}`, entry());
  for (let key = 0; key < 1_000; key += 1) map.get(`${key}`);
  map.set('new', entry());
  expect(map.size).toBe(1_000);
  expect([...map.entries()].filter(([, { wasUsed }]) => !wasUsed)).toHaveLength(9);
});

test('BoundedMap: keeps its size through deletions, clearing and many evictions', () => {
  const map = new BoundedMap<{ wasUsed: boolean }>(5);
  for (let round = 0; round < 3; round += 1) {
    for (let key = 0; key < 100; key += 1) {
      map.set(`${key}`, entry());
      if (key % 3 === 0) map.delete(`${key - 1}`);
      expect(map.size).toBeLessThanOrEqual(5);
      expect(map.get(`${key}`)).toBeDefined();
    }
    map.clear();
    expect(map.size).toBe(0);
  }
});

test.each([
  ['after no eviction', 10_000],
  ['after evictions', 900],
])('BoundedMap: releases deleted entries %s', async (_when, capacity) => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const map = new BoundedMap<{ wasUsed: boolean }>(capacity);
  const entries = Array.from({ length: 1_000 }, (_, key) => {
    const value = entry();
    map.set(`${key}`, value);
    return new WeakRef(value);
  });
  for (let key = 0; key < 1_000; key += 1) map.delete(`${key}`);
  expect(map.size).toBe(0);
  // A WeakRef keeps its object until the end of the turn that created it.
  await setImmediate();
  collectGarbage();
  expect(entries.filter((each) => each.deref() !== undefined)).toHaveLength(0);
});
