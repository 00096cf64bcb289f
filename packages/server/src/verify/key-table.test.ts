import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestKey } from '../core/key/hash-key.ts';
import {
  FIRST_USE,
  KeyTable,
  NONE,
  PENDING_USE,
  READY_UNTIL,
  WORDS_OF_A_PLACE,
  wordsAt,
} from './key-table.ts';

/** All lead to one position and look alike there, so that runs are long, gaps have to be closed, and rows looked at. */
const crowded = (number: number) => `\0\0\0\0${String.fromCharCode(number)}${'x'.repeat(11)}`;

test('finds every key that was added, and no other, past several times of growing', () => {
  const table = new KeyTable(10_000);
  const places = new Map<string, number>();
  for (let index = 0; index < 5_000; index += 1) {
    places.set(digestKey(`${index}`), table.add(digestKey(`${index}`)));
    // One that is not there ends its search, however many are.
    expect(table.find(digestKey('absent'))).toBe(NONE);
  }
  expect(new Set(places.values()).size).toBe(5_000);
  for (const [key, place] of places) expect(table.find(key)).toBe(place);
  for (let index = 5_000; index < 10_000; index += 1) expect(table.find(digestKey(`${index}`))).toBe(NONE);
});

test.each([1, 2, 1023, 1024, 1025, 2047, 2048, 2049])(
  'holds exactly the last %i keys, where it grows and where it is full',
  (maxKeys) => {
    const table = new KeyTable(maxKeys);
    const count = 5_000;
    const digests = Array.from({ length: count }, (_, index) => digestKey(`${index}`));
    for (const digest of digests) {
      const place = table.add(digest);
      expect(place).toBeLessThan(maxKeys);
      expect(table.find(digest)).toBe(place);
    }
    const found = digests.map((digest) => table.find(digest)).filter((place) => place !== NONE);
    expect(found).toHaveLength(maxKeys);
    expect(new Set(found).size).toBe(maxKeys);
    expect(digests.slice(-maxKeys).every((digest) => table.find(digest) !== NONE)).toBe(true);
  },
);

test.each([0, 1, 2, 3, 4, 5, 6, 7])(
  'does not take two keys for one that differ in letter %i alone',
  (index) => {
    const table = new KeyTable(10);
    const other = `${'a'.repeat(index)}b${'a'.repeat(15 - index)}`;
    const place = table.add('a'.repeat(16));
    expect(table.find(other)).toBe(NONE);
    expect(table.add(other)).not.toBe(place);
    expect(table.find('a'.repeat(16))).toBe(place);
  },
);

test.each([
  ['spread', (number: number) => digestKey(`${number}`)],
  ['crowded', crowded],
])('behaves as a map in which the oldest makes room, whatever comes in which order (%s)', (_, digestOf) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 120 }),
      (maxKeys, asked) => {
        const table = new KeyTable(maxKeys);
        let inTable: number[] = [];
        for (const number of asked) {
          if (inTable.includes(number)) continue;
          const place = table.add(digestOf(number));
          inTable = [...inTable, number].slice(-maxKeys);
          expect(table.find(digestOf(number))).toBe(place);
          for (let other = 0; other <= 40; other += 1) {
            expect(table.find(digestOf(other)) !== NONE).toBe(inTable.includes(other));
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('gives a place to its next key with every number at 0', () => {
  const table = new KeyTable(1);
  const place = table.add(digestKey('first'));
  table.words.fill(7, wordsAt(place) + 4, wordsAt(place) + WORDS_OF_A_PLACE);
  expect(table.leavingPlace).toBe(place);
  expect(table.add(digestKey('second'))).toBe(place);
  expect([...table.words.slice(wordsAt(place) + 4, wordsAt(place) + WORDS_OF_A_PLACE)].some(Boolean)).toBe(
    false,
  );
});

test('tells the same time by its moments wherever the epoch moves, and leaves what is none at none', () => {
  const day = 86_400_000;
  const table = new KeyTable(2);
  const at = wordsAt(table.add(digestKey('a')));
  const start = Date.UTC(2026, 0, 1);
  table.words[at + PENDING_USE] = table.momentOf(start);
  expect(table.timeOf(table.words[at + PENDING_USE] as number)).toBe(start);
  for (const time of [start + 20 * day, start + 23 * day + 7]) {
    expect(table.timeOf(table.momentOf(time))).toBe(time);
    expect(table.timeOf(table.words[at + PENDING_USE] as number)).toBe(start);
  }
  // Far ahead, the epoch moves; what was within the last day keeps its time, what was before is past every window.
  const late = start + 60 * day;
  table.words[at + FIRST_USE] = table.momentOf(late - day / 2 - 36 * day);
  table.words[at + FIRST_USE + 1] = table.momentOf(late - day / 2);
  expect(table.timeOf(table.momentOf(late))).toBe(late);
  expect(table.timeOf(table.words[at + FIRST_USE] as number)).toBeLessThanOrEqual(late - day);
  expect(table.timeOf(table.words[at + FIRST_USE + 1] as number)).toBe(late - day / 2);
  // Back again, too: what is not ready does not become so.
  table.momentOf(start - 90 * day);
  expect(table.words[at + READY_UNTIL]).toBe(0);
});
