import { expect, test } from 'vitest';
import { parseHint, renderHint } from './change-hint.ts';

const [one, other] = ['a'.repeat(64), '0'.repeat(64)];

test('renderHint: names changed keys, and parseHint returns them', () => {
  for (const kind of ['key', 'admin_key'] as const)
    expect(parseHint(renderHint(kind, [one, other]))).toEqual([
      { kind, id: one },
      { kind, id: other },
    ]);
});

test('renderHint: reveals no user, client, setting or block, and fits into a notification', () => {
  for (const kind of ['user', 'client', 'setting', 'block'] as const)
    expect(renderHint(kind, [one])).toBe('');
  expect(renderHint('key', ['not a hash'])).toBe('');
  expect(renderHint('key', Array(51).fill(one))).toBe('');
  expect(renderHint('key', Array(50).fill(one)).length).toBeLessThan(8_000);
});

test.each([
  undefined,
  '',
  'key',
  'key ',
  `key ${one} `,
  `user ${one}`,
  `key ${one}\n`,
  `key ${one.slice(1)}`,
  '[]',
])('parseHint: ignores %j, which any user of the database can send', (text) => {
  expect(parseHint(text)).toEqual([]);
});
