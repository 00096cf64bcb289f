import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createUserCode, parseUserCode } from './user-code.ts';

const bytes = fc.uint8Array({ minLength: 8, maxLength: 8 });

test('createUserCode: returns codes that parseUserCode accepts in any case, with dashes and spaces anywhere', () => {
  fc.assert(
    fc.property(bytes, fc.array(fc.constantFrom('-', ' ', '\t', '\n', '–', '\u00a0')), (random, noise) => {
      const code = createUserCode(() => random);
      expect(code).toMatch(/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/);
      const normal = code.replace('-', '');
      const typed = [...normal.toLowerCase()].map((sign, index) => (noise[index] ?? '') + sign).join('');
      for (const text of [code, normal, typed, ` ${code}\n`]) expect(parseUserCode(text)).toBe(normal);
    }),
  );
});

test('parseUserCode: accepts full-width letters, which Japanese keyboards produce', () => {
  expect(parseUserCode('ｗｘｙｚ－２３４５')).toBe('WXYZ2345');
});

test.each([
  '',
  'WXYZ-234',
  'WXYZ-23456',
  'WXYZ-2340',
  'WXYZ-1234',
  'IXYZ-2345',
  'OXYZ-2345',
  'WXYZ_2345',
  'ẞXYZ234',
])('parseUserCode: rejects %j', (text) => {
  expect(parseUserCode(text)).toBeNull();
});

test('createUserCode: uses every character equally often', () => {
  const all = Array.from({ length: 256 }, (_, byte) => createUserCode(() => new Uint8Array(8).fill(byte))[0]);
  const counts = new Map<string | undefined, number>();
  for (const sign of all) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  expect([...counts.values()]).toEqual(Array.from({ length: 32 }, () => 8));
});
