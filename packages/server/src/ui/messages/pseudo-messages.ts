import { html, raw } from 'hono/html';
import type { Messages } from './messages.ts';

/** The locale of the pseudo-messages: English in the region that CLDR reserves for accented test texts. */
export const PSEUDO_LOCALE = 'en-XA';

/** Every vowel is doubled, because translations are up to half as long again as English. */
const LETTERS: Readonly<Record<string, string>> = {
  a: 'áá',
  e: 'éé',
  i: 'íí',
  o: 'óó',
  u: 'úú',
  A: 'ÁÁ',
  E: 'ÉÉ',
  I: 'ÍÍ',
  O: 'ÓÓ',
  U: 'ÚÚ',
};

/** A tag or a character reference, or a vowel. */
const PIECE = /<[^>]*>|&[^;\s]+;|[aeiouAEIOU]/g;

/**
 * Returns the messages with accents and about 40 % longer. A site selects them with the locale `en-XA`, to test that
 * its theme also fits longer texts, and to see those that are not translated.
 */
export const createPseudoMessages = (messages: Messages): Messages => toPseudo(messages) as Messages;

function toPseudo(value: unknown): unknown {
  if (typeof value === 'string') return lengthen(value);
  if (typeof value === 'function') return (...values: unknown[]) => toPseudo(value(...values));
  if (value instanceof Promise) return value.then(toPseudo);
  // The result of the `html` tag.
  if (value instanceof String) return html`${raw(lengthen(String(value)))}`;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toPseudo(each)]));
}

const lengthen = (text: string): string => text.replace(PIECE, (piece) => LETTERS[piece] ?? piece);
