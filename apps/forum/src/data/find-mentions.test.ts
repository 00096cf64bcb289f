import { expect, test } from 'vitest';
import { findMentions } from './find-mentions.ts';

test.each([
  ['@alice and @bob, please', ['alice', 'bob']],
  ['Ask @mary-ann.smith_2.', ['mary-ann.smith_2']],
  ['(@alice) "@bob" @alice', ['alice', 'bob']],
  ['@alice... @bob--', ['alice', 'bob']],
  ['bob@example.org, /@alice, @@alice, .@alice, -@alice', []],
  ['@', []],
  ['@.alice @-bob', []],
  [Array.from({ length: 12 }, (_, i) => `@n${i}`).join(' '), Array.from({ length: 10 }, (_, i) => `n${i}`)],
])('findMentions: %s', (text, names) => {
  expect(findMentions(text)).toEqual(names);
});

// Work that grew with the square of the length would take minutes here.
const MANY = 2_000_000;

test.each([
  ['dots within a name', `@a${'.'.repeat(MANY)}b`, 1],
  ['dots after a name', `@a${'.'.repeat(MANY)}`, 1],
  ['dots between letters', `@a${'.a'.repeat(MANY / 2)}`, 1],
  ['signs', '@'.repeat(MANY), 0],
  ['names without a blank', '@a'.repeat(MANY / 2), 1],
])('findMentions: linear time for very many %s', (_what, text, count) => {
  expect(findMentions(text)).toHaveLength(count);
});
