import { createEnglish } from './en.ts';
import type { Format } from './format.ts';
import type { Messages } from './messages.ts';

/** Used if the reader asks for no language that has messages. */
export const DEFAULT_LANGUAGE = 'en';

/** The languages of the pages, by BCP 47 language subtag. */
const LANGUAGES: Readonly<Record<string, (format: Format) => Messages>> = {
  [DEFAULT_LANGUAGE]: createEnglish,
};

/** Whether the pages exist in a language. */
export const hasMessages = (language: string): boolean => Object.hasOwn(LANGUAGES, language);

/** Returns the texts of all pages in the language of a locale, from `chooseLocale`. */
export function createMessages(locale: string, format: Format): Messages {
  const [language = DEFAULT_LANGUAGE] = locale.split('-');
  return (LANGUAGES[language] ?? createEnglish)(format);
}
