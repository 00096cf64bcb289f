import fc from 'fast-check';
import { expect, test } from 'vitest';
import { restoreSpaces, undoEscapes } from './mangled-text.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'B', '+', '/', '9'), minLength: 150, maxLength: 400 });
const wrap = (text: string, width: number) => text.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
// Spaces at the edges are ambiguous. Base64 of DER and of RSA blocks has no relevant + there.
const body = letters.map((text) => `M${text}A`);

test('restoreSpaces: restores + and line breaks at common line widths, or returns null', () => {
  fc.assert(
    fc.property(body, fc.constantFrom(60, 64, 76), (text, width) => {
      const mangled = wrap(text, width).join(' ').replaceAll('+', ' ');
      expect([text, null]).toContain(restoreSpaces(mangled, text.length));
    }),
  );
});

test('restoreSpaces: restores + or line breaks at any width', () => {
  fc.assert(
    fc.property(body, fc.integer({ min: 1, max: 500 }), (text, width) => {
      expect(restoreSpaces(wrap(text, width).join(' '), text.length)).toBe(text);
      expect(restoreSpaces(text.replaceAll('+', ' '), text.length)).toBe(text);
      expect(restoreSpaces(wrap(text, width).join('\n').replaceAll('+', ' '), text.length)).toBe(text);
    }),
  );
});

test('restoreSpaces: returns null if there are two readings', () => {
  // One of the two spaces was a line break; it is unknown which.
  expect(restoreSpaces('MAAAAAAA AA AAA', 14)).toBeNull();
});

test('restoreSpaces: returns null if the length is wrong', () => {
  expect(restoreSpaces('MAAA', 5)).toBeNull();
  expect(restoreSpaces('MAAA', 3)).toBeNull();
  expect(restoreSpaces('MA A', 2)).toBeNull();
});

test('restoreSpaces: takes bounded time for hostile text', () => {
  const started = performance.now();
  for (const text of [
    ' '.repeat(60_000),
    `M${' '.repeat(60_000)}A`,
    `${'=\n '.repeat(20_000)}A`,
    'M A'.repeat(20_000),
  ]) {
    restoreSpaces(text, 30_000);
    undoEscapes(text);
  }
  undoEscapes('%25'.repeat(20_000));
  undoEscapes('\\'.repeat(60_000));
  expect(performance.now() - started).toBeLessThan(1500);
});

test.each([
  ['%2B%0a', '+'],
  ['%252B', '+'],
  ['%25252B', '+'],
  ['a\\nb\\r\\nc', 'a\nb\n\nc'],
  ['"a"', 'a'],
  [" 'a' ", 'a'],
  ['\uFEFFa', 'a'],
  ['100%', '100%'],
  ['%zz', '%zz'],
])('undoEscapes: reverts %j', (text, plain) => {
  expect(undoEscapes(text)).toBe(plain);
});
