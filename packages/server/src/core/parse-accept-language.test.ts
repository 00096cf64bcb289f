import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAcceptLanguage } from './parse-accept-language.ts';

const tag = fc.constantFrom('en', 'en-GB', 'de', 'ar-EG', 'zh-Hant-TW', '*');
/** A weight of RFC 9110 section 12.4.2, in thousandths. */
const entry = fc.record({ tag, thousandths: fc.integer({ min: 0, max: 1000 }), isOmitted: fc.boolean() });
const space = fc.constantFrom('', ' ', '\t');

test('parseAcceptLanguage: sorts by weight, keeps the order of equal weights, and drops the weight 0', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 8 }), space, fc.constantFrom('q', 'Q'), (entries, gap, name) => {
      const header = entries
        .map(({ tag, thousandths, isOmitted }) =>
          isOmitted ? tag : `${tag}${gap};${gap}${name}=${(thousandths / 1000).toFixed(3)}`,
        )
        .join(`,${gap}`);
      const expected = entries
        .map(({ tag, thousandths, isOmitted }) => ({ tag, weight: isOmitted ? 1000 : thousandths }))
        .filter(({ weight }) => weight > 0)
        .toSorted((one, other) => other.weight - one.weight)
        .map(({ tag }) => tag);
      expect(parseAcceptLanguage(header)).toEqual(expected);
    }),
  );
});

test.each(['de;q=2', 'de;q=-1', 'de;q=0x1', 'de;q=1e0', 'de;q=', 'de;q=Infinity', 'de;q=0.1234'])(
  'parseAcceptLanguage: drops a language with an invalid weight: %s',
  (header) => {
    expect(parseAcceptLanguage(`${header}, en`)).toEqual(['en']);
  },
);

test('parseAcceptLanguage: returns only parts of the header, for any text', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 600 }), (header) => {
      for (const each of parseAcceptLanguage(header)) {
        expect(each).not.toBe('');
        expect(header).toContain(each);
      }
    }),
  );
});
