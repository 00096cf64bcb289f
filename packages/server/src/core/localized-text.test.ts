import { expect, test } from 'vitest';
import { textIn, textInEnglish } from './localized-text.ts';

const read = { de: 'Lesen', en: 'Read', 'en-GB': 'Read, please' };

test.each([
  ['en-GB', 'Read, please'],
  ['en-US', 'Read'],
  ['de-AT', 'Lesen'],
  ['ja', 'Read'],
  ['__proto__', 'Read'],
  ['constructor', 'Read'],
])('textIn: in %s returns the nearest text, %s', (locale, text) => {
  expect(textIn(read, locale)).toBe(text);
});

test('textIn: returns the first language of a text without English', () => {
  expect(textIn({ ja: '読む', de: 'Lesen' }, 'fr')).toBe('読む');
});

test('textInEnglish: returns a plain string unchanged', () => {
  expect(textInEnglish('Read')).toBe('Read');
  expect(textInEnglish(read)).toBe('Read');
});
