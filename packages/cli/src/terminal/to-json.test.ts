import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from './printable.ts';
import { toJson } from './to-json.ts';

test('toJson: keeps the value and escapes control characters', () => {
  const hostile = fc.string({
    unit: fc.constantFrom('\u001b', '\u009b', '\u202e', '\u2028', '\u007f', 'é', '"', '\\'),
  });
  fc.assert(
    fc.property(fc.dictionary(hostile, fc.oneof(hostile, fc.jsonValue())), (value) => {
      const text = toJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(printable(text)).toBe(text);
    }),
  );
});
