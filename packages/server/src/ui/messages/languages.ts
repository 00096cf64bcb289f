import { BoundedMap, type Evictable } from '../../core/bounded-map.ts';
import { createEnglish } from './en.ts';
import { createFormat, type Format } from './format.ts';
import type { Messages } from './messages.ts';
import { createPseudoMessages, PSEUDO_LOCALE } from './pseudo-messages.ts';

/** Used if the reader asks for no language that has messages. */
export const DEFAULT_LANGUAGE = 'en';

/** A language of the pages. */
export interface Language {
  /** Its own name for itself, for the language switch. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  /** Loads its messages when the first reader needs them: a site whose readers all use English never loads the others. */
  readonly load: () => Promise<(format: Format) => Messages>;
}

/** The languages of the pages, by BCP 47 language subtag. */
export const LANGUAGES: Readonly<Record<string, Language>> = {
  [DEFAULT_LANGUAGE]: { name: 'English', direction: 'ltr', load: async () => createEnglish },
  ar: { name: 'العربية', direction: 'rtl', load: async () => (await import('./ar.ts')).createArabic },
  de: { name: 'Deutsch', direction: 'ltr', load: async () => (await import('./de.ts')).createGerman },
  es: { name: 'Español', direction: 'ltr', load: async () => (await import('./es.ts')).createSpanish },
  fr: { name: 'Français', direction: 'ltr', load: async () => (await import('./fr.ts')).createFrench },
  ja: { name: '日本語', direction: 'ltr', load: async () => (await import('./ja.ts')).createJapanese },
};

/** Whether the pages exist in a language. */
export const hasMessages = (language: string): boolean => Object.hasOwn(LANGUAGES, language);

/** What a page needs to write in one locale. */
export interface Texts extends Pick<Language, 'direction'> {
  /** The subtag of the language in `LANGUAGES`. */
  readonly language: string;
  readonly format: Format;
  readonly t: Messages;
}

/** A reader can send any region, so the number of locales has a limit. */
const textsByLocale = new BoundedMap<Texts & Evictable>(100);

/** Loads texts and formats of a locale, from `chooseLocale`. Creating them takes milliseconds, so they are kept. */
export async function loadTexts(locale: string): Promise<Texts> {
  const known = textsByLocale.get(locale);
  if (known) return known;
  const [tag = ''] = locale.split('-');
  const language = hasMessages(tag) ? tag : DEFAULT_LANGUAGE;
  const { direction, load } = LANGUAGES[language] as Language;
  const createMessages = await load();
  const format = createFormat(locale);
  const messages = createMessages(format);
  const t = locale === PSEUDO_LOCALE ? createPseudoMessages(messages) : messages;
  const texts = { language, direction, format, t, wasUsed: false };
  textsByLocale.set(locale, texts);
  return texts;
}
