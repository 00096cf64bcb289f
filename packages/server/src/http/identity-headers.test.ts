import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeHeaderText, isIdentityHeader } from './identity-headers.ts';

test('encodeHeaderText: returns printable ASCII that decodes to the same text, and “-” only for none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
      const encoded = encodeHeaderText(text);
      expect(encoded).toMatch(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/);
      expect(decodeURIComponent(encoded)).toBe(text.toWellFormed());
      expect(encoded).not.toBe('-');
    }),
  );
  expect(encodeHeaderText('')).toBe('-');
});

test.each(['X-Valetkey-User', 'x_valetkey_user', 'X.Valetkey-Anything', 'x-VALETKEY-'])(
  '%s is an identity header',
  (name) => {
    expect(isIdentityHeader(name)).toBe(true);
  },
);
