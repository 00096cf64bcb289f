import { DEFAULT_LANGUAGE, hasMessages } from './languages.ts';

/** A longer header is ignored: browsers send a few languages. */
const MAX_HEADER_LENGTH = 500;

/**
 * Returns the locale of a page: a language that has messages, with the reader's region if there is one.
 *
 * @param requested BCP 47 tag that the site chose; null to use the header
 * @param acceptLanguage the header `Accept-Language` (RFC 9110 section 12.5.4)
 */
export function chooseLocale(requested: string | null, acceptLanguage: string | null): string {
  const tags = requested === null ? parseAcceptLanguage(acceptLanguage ?? '') : [requested];
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

/** Returns the tags, the most preferred first. */
function parseAcceptLanguage(header: string): string[] {
  if (header.length > MAX_HEADER_LENGTH) return [];
  return header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((text) => text.trim());
      const quality = parameters.find((text) => text.startsWith('q='))?.slice(2);
      return { tag, weight: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag);
}
