import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unpadPkcs1 } from './unpad-pkcs1.ts';

const block = (...parts: (number | number[])[]) => Uint8Array.from(parts.flat());
const padding = Array.from({ length: 8 }, () => 0xff);

test.each([
  ['the shortest padding', block(0, 2, padding, 0, 1, 2, 3), [1, 2, 3]],
  ['an empty message', block(0, 2, padding, 0), []],
  ['zeros in the message', block(0, 2, padding, 0, 0, 0), [0, 0]],
  ['every byte that is not zero', block(0, 2, [1, 2, 127, 128, 129, 254, 255, 3], 0, 9), [9]],
])('unpadPkcs1: accepts %s', (_name, padded, message) => {
  expect([...(unpadPkcs1(padded) ?? [99])]).toEqual(message);
});

test.each([
  ['nothing', block()],
  ['a first byte that is not zero', block(1, 2, padding, 0, 1)],
  ['a signature’s block type', block(0, 1, padding, 0, 1)],
  ['seven bytes of padding', block(0, 2, padding.slice(1), 0, 1, 2)],
  ['no padding', block(0, 2, 0, padding, 0, 1)],
  ['no end of the padding', block(0, 2, padding, 1, 1, 1)],
])('unpadPkcs1: rejects %s', (_name, padded) => {
  expect(unpadPkcs1(padded)).toBeNull();
});

test('unpadPkcs1: agrees with a direct implementation of RFC 8017', () => {
  const bytes = fc.array(fc.oneof(fc.constant(0), fc.nat(255)), { maxLength: 30 });
  fc.assert(
    fc.property(fc.constantFrom([0, 2], [0, 1], [2, 0]), bytes, (start, rest) => {
      const padded = Uint8Array.from([...start, ...rest]);
      const end = padded.indexOf(0, 2);
      const isGood = padded[0] === 0 && padded[1] === 2 && end >= 10;
      expect(unpadPkcs1(padded)).toEqual(isGood ? padded.slice(end + 1) : null);
    }),
    { numRuns: 2000 },
  );
});
