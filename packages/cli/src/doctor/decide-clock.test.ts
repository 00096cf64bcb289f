import { expect, test } from 'vitest';
import { decideClock } from './decide-clock.ts';

const DATE = 'Thu, 01 Jan 2026 12:00:00 GMT';
const MINUTE = 60_000;
const decide = (headers: Record<string, string>, offset: number) =>
  decideClock(new Headers(headers), Date.parse(DATE) + offset).map(({ seen }) => seen);

test.each([
  ['ahead by six minutes', 6 * MINUTE, '6 minutes ahead of the site'],
  ['behind by six minutes', -6 * MINUTE, '6 minutes behind the site'],
  ['ahead by three hours', 180 * MINUTE, '3 hours ahead'],
  ['behind by a year', -365 * 1440 * MINUTE, '365 days behind'],
])('doctor: reports a clock that is %s', (_case, offset, words) => {
  expect(decide({ date: DATE }, offset)).toEqual([expect.stringContaining(words)]);
});

test.each([
  ['a difference of five minutes', { date: DATE }, 5 * MINUTE],
  ['no Date', {}, 60 * MINUTE],
  ['a Date that is none', { date: 'now' }, 60 * MINUTE],
  ['a cached response', { date: DATE, age: '3600' }, 60 * MINUTE],
])('doctor: does not report %s', (_case, headers, offset) => {
  expect(decide(headers, offset)).toEqual([]);
});
