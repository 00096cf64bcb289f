import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesGlob } from './glob.ts';

test('matchesGlob: agrees with a regular expression', () => {
  const letters = (...units: string[]) => fc.string({ unit: fc.constantFrom(...units), maxLength: 12 });
  fc.assert(
    fc.property(letters('a', 'b', '.', '/'), letters('a', 'b', '.', '/', '*', '*'), (text, pattern) => {
      const pieces = pattern.split('*').map((piece) => piece.replace(/[.]/g, '\\$&'));
      expect(matchesGlob(text, pattern)).toBe(new RegExp(`^${pieces.join('.*')}$`).test(text));
    }),
    { numRuns: 2000 },
  );
});

test('matchesGlob: takes linear time', () => {
  const started = performance.now();
  expect(matchesGlob('a'.repeat(20_000), `${'*a'.repeat(5000)}*b`)).toBe(false);
  expect(matchesGlob('a'.repeat(20_000), '*'.repeat(20_000))).toBe(true);
  expect(performance.now() - started).toBeLessThan(500);
});
