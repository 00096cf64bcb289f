import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyTable, NONE, WORDS_OF_A_PLACE, wordsAt } from './key-table.ts';

const digest = (text: string) => createHash('sha256').update(text).digest('binary');
/** All lead to one position, so that runs are long and gaps have to be closed. */
const crowded = (number: number) =>
  `\0\0\0\0${String.fromCharCode(number % 256, number >> 8)}${'x'.repeat(26)}`;

test('finds every key that was added, and no other, past several times of growing', () => {
  const table = new KeyTable(10_000);
  const places = new Map<string, number>();
  for (let index = 0; index < 5_000; index += 1)
    places.set(digest(`${index}`), table.add(digest(`${index}`)));
  expect(new Set(places.values()).size).toBe(5_000);
  for (const [key, place] of places) expect(table.find(key)).toBe(place);
  for (let index = 5_000; index < 10_000; index += 1) expect(table.find(digest(`${index}`))).toBe(NONE);
});

test('does not take two keys for one that share most of their digest', () => {
  const table = new KeyTable(10);
  const place = table.add(`${'a'.repeat(15)}b${'c'.repeat(16)}`);
  expect(table.find(`${'a'.repeat(16)}${'c'.repeat(16)}`)).toBe(NONE);
  expect(table.find(`${'a'.repeat(15)}b${'c'.repeat(16)}`)).toBe(place);
});

test.each([
  ['spread', (number: number) => digest(`${number}`)],
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
  const place = table.add(digest('first'));
  table.words.fill(7, wordsAt(place) + 4, wordsAt(place) + WORDS_OF_A_PLACE);
  expect(table.leavingPlace).toBe(place);
  expect(table.add(digest('second'))).toBe(place);
  expect([...table.words.slice(wordsAt(place) + 4, wordsAt(place) + WORDS_OF_A_PLACE)].some(Boolean)).toBe(
    false,
  );
});
