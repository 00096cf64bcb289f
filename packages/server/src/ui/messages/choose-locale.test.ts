import { expect, test } from 'vitest';
import { chooseLocale } from './choose-locale.ts';

test.each([
  [null, null, null, 'en'],
  [null, null, 'tlh, en-GB;q=0.8, en;q=0.7', 'en-GB'],
  [null, null, 'en;q=0.5, en-AU;q=0.9', 'en-AU'],
  [null, null, 'tlh-AT', 'en'],
  [null, null, 'en-GB;q=0', 'en'],
  [null, null, '*', 'en'],
  [null, 'en-IE', 'en-GB', 'en-IE'],
  [null, 'tlh', 'en-GB', 'en'],
  [null, 'en-Latn-US-u-ca-buddhist-nu-thai', null, 'en-US'],
  ['en-NZ', 'en-IE', 'en-GB', 'en-NZ'],
  ['tlh', 'en-IE', 'en-GB', 'en-IE'],
])(
  'chooseLocale: the selected %s, the site’s %s and the header %s give %s',
  (selected, bySite, acceptLanguage, locale) => {
    expect(chooseLocale({ selected, bySite, acceptLanguage })).toBe(locale);
  },
);

test.each(['constructor', '__proto__', '"><script>', 'en-"><script>', ';;;,,,q=', 'e'.repeat(100_000)])(
  'chooseLocale: hostile input gives English: %.20s',
  (text) => {
    expect(chooseLocale({ selected: text, bySite: null, acceptLanguage: null })).toBe('en');
    expect(chooseLocale({ selected: null, bySite: text, acceptLanguage: null })).toBe('en');
    expect(chooseLocale({ selected: null, bySite: null, acceptLanguage: text })).toBe('en');
  },
);
