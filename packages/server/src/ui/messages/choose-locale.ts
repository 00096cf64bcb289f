import { parseAcceptLanguage } from '../../core/parse-accept-language.ts';
import { DEFAULT_LANGUAGE, hasMessages } from './languages.ts';

/** The locales that a page could have, as BCP 47 tags; null for none. */
interface WantedLocales {
  /** What the reader selected in the language switch. */
  readonly selected: string | null;
  /** What the site chose. Without it, the header counts. */
  readonly bySite: string | null;
  /** The header `Accept-Language` (RFC 9110 section 12.5.4). */
  readonly acceptLanguage: string | null;
}

/** Returns the locale of a page: a language that has messages, with the reader's region if there is one. */
export function chooseLocale({ selected, bySite, acceptLanguage }: WantedLocales): string {
  const tags = [
    ...(selected === null ? [] : [selected]),
    ...(bySite === null ? parseAcceptLanguage(acceptLanguage ?? '') : [bySite]),
  ];
  for (const tag of tags) {
    const locale = findLocale(tag);
    if (locale !== null) return locale;
  }
  return DEFAULT_LANGUAGE;
}

/** Returns language and region only: extensions such as a calendar could make dates unreadable. */
function findLocale(tag: string): string | null {
  try {
    const { language, region } = new Intl.Locale(tag);
    if (!hasMessages(language)) return null;
    return region === undefined ? language : `${language}-${region}`;
  } catch {
    return null;
  }
}
