import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DER, declaredDerLength, encodeDer, readDerElements, readDerSequence } from './der.ts';

test('DER: parses what it encodes, for every form of length', () => {
  for (const size of [0, 1, 127, 128, 255, 256, 257, 65_535]) {
    const content = new Uint8Array(size).fill(7);
    const encoded = encodeDer(DER.octetString, content);
    expect(declaredDerLength(encoded)).toBe(encoded.length);
    expect(readDerElements(encoded)).toEqual([{ tag: DER.octetString, content }]);
  }
});

test.each([
  ['a length that should be shorter', '30810100'],
  ['a long length with a leading zero', '3082000100'],
  ['an indefinite length', '30800000'],
  ['a length of three bytes', '3083000001ff'],
  ['a tag of several bytes', '3f010100'],
  ['a tag alone', '30'],
  ['half a length', '3082ff'],
  ['less than it says', '300205'],
  ['more than it says', '30000500'],
  ['another tag', '0400'],
  ['nothing', ''],
])('DER: rejects a sequence with %s', (_name, hex) => {
  expect(readDerSequence(Uint8Array.from(Buffer.from(hex, 'hex')))).toBeNull();
});

test('DER: accepts exactly one encoding of a value', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const elements = readDerElements(bytes);
      if (!elements) return;
      const again = elements.map(({ tag, content }) => encodeDer(tag, content));
      expect(Buffer.concat(again)).toEqual(Buffer.from(bytes));
    }),
    { numRuns: 3000 },
  );
});
