import { html } from 'hono/html';
import { expect, test } from 'vitest';
import { createFormat } from './format.ts';

const TIME = Date.UTC(2026, 10, 23, 14, 5);
const text = async (piece: ReturnType<typeof html> | string) => String(await piece);
const inner = async (piece: ReturnType<typeof html>) => (await text(piece)).replace(/<[^>]*>/g, '');

test.each([
  ['en', 'November 23, 2026 at 2:05 PM UTC', 'November 23, 2026 (UTC)'],
  ['en-GB', '23 November 2026 at 14:05 UTC', '23 November 2026 (UTC)'],
])('format: times in %s name the time zone UTC', async (locale, dateTime, day) => {
  const format = createFormat(locale);
  expect(await inner(format.dateTime(TIME))).toBe(dateTime);
  expect(await inner(format.day(TIME))).toBe(day);
});

test('format: a time has a machine-readable value, from which a script computes the local time', async () => {
  expect(await text(createFormat('en').dateTime(TIME))).toMatch(
    /^<time datetime="2026-11-23T14:05:00\.000Z" data-style="minute">/,
  );
});

test.each([
  [0, 'now'],
  [-60, 'now'],
  [1, '1 second ago'],
  [119, '1 minute ago'],
  [3_600, '1 hour ago'],
  [86_399, '23 hours ago'],
  [172_800, '2 days ago'],
])('format.ago: %s seconds are “%s”', async (seconds, expected) => {
  expect(await inner(createFormat('en').ago(TIME, TIME + seconds * 1000))).toBe(expected);
});

test.each([
  [1, '1 second'],
  [7_200, '2 hours'],
  [86_400 * 1_500, '1,500 days'],
])('format.duration: %s seconds are “%s”', (seconds, expected) => {
  expect(createFormat('en').duration(seconds)).toBe(expected);
});

test('format.plural: selects the form by number, and falls back to other', () => {
  const format = createFormat('en');
  expect(format.plural(1, { one: '# key', other: '# keys' })).toBe('1 key');
  expect(format.plural(1_000, { one: '# key', other: '# keys' })).toBe('1,000 keys');
  expect(format.plural(1, { other: '# kagi' })).toBe('1 kagi');
});

test('format.list: escapes plain items, and keeps markup of others', async () => {
  const list = createFormat('en').list(['<b>', html`<code>x</code>`]);
  expect(await text(list)).toBe('&lt;b&gt;, <code>x</code>');
});
