/** A text for users: in English only, or in several languages by BCP 47 tag (`{ en: 'Read', de: 'Lesen' }`). */
export type LocalizedText = string | Readonly<Record<string, string>>;

/** The language of JSON responses, and of pages in a language that the text lacks. */
const FALLBACK = 'en';

/** Returns the text in this locale, else in its language, else in English, else in its first language. */
export function textIn(text: LocalizedText, locale: string): string {
  if (typeof text === 'string') return text;
  const [language = FALLBACK] = locale.split('-');
  const tag = [locale, language, FALLBACK].find((each) => Object.hasOwn(text, each));
  return (tag === undefined ? Object.values(text)[0] : text[tag]) ?? '';
}

/** Returns the text in the first of these languages that it has, else as `textIn` does for English. */
export function textInFirst(text: LocalizedText, tags: readonly string[]): string {
  const known = tags
    .flatMap((tag) => [tag, tag.split('-')[0] ?? tag])
    .find((tag) => typeof text !== 'string' && Object.hasOwn(text, tag));
  return textIn(text, known ?? FALLBACK);
}

/** Returns the text as JSON responses have it: in English. */
export const textInEnglish = (text: LocalizedText): string => textIn(text, FALLBACK);
