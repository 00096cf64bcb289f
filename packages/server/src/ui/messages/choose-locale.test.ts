import { expect, test } from 'vitest';
import { chooseLocale } from './choose-locale.ts';

test.each([
  [null, null, 'en'],
  [null, 'de, en-GB;q=0.8, en;q=0.7', 'en-GB'],
  [null, 'en;q=0.5, en-AU;q=0.9', 'en-AU'],
  [null, 'de-AT', 'en'],
  [null, 'en-GB;q=0', 'en'],
  [null, '*', 'en'],
  ['en-IE', 'en-GB', 'en-IE'],
  ['ja', 'en-GB', 'en'],
  ['en-Latn-US-u-ca-buddhist-nu-thai', null, 'en-US'],
])('chooseLocale: the site’s %s and the header %s give %s', (requested, header, locale) => {
  expect(chooseLocale(requested, header)).toBe(locale);
});

test.each(['constructor', '__proto__', '"><script>', 'en-"><script>', ';;;,,,q=', 'e'.repeat(100_000)])(
  'chooseLocale: hostile input gives English: %.20s',
  (text) => {
    expect(chooseLocale(text, null)).toBe('en');
    expect(chooseLocale(null, text)).toBe('en');
  },
);
