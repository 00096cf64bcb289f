import type { Redirect } from './redirect.ts';
import type { RedirectPattern } from './redirect-pattern.ts';
import {
  englishRedirectPatternTexts,
  type RedirectPatternDescription,
  type RedirectPatternTexts,
} from './redirect-pattern-texts.ts';

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/**
 * Describes what a redirect pattern allows (PROTOCOL.md#redirect-patterns), for the settings page. Patterns that allow
 * different redirects have different descriptions.
 *
 * @param pattern from `parseRedirectPatterns`
 * @param texts the language; English if omitted
 * @example
 * describeRedirectPattern(pattern).allows // 'An app on the user’s computer, at 127.0.0.1 over http on any port: any page, with any query.'
 */
export function describeRedirectPattern(
  pattern: RedirectPattern,
  texts: RedirectPatternTexts = englishRedirectPatternTexts,
): RedirectPatternDescription {
  const { parts } = pattern;
  if (parts === null) return texts.everything;
  const { path, fragment } = parts;
  const pages = describePath(path, texts);
  return {
    allows: texts.allows({
      place: describePlace(pattern, parts, texts),
      pages: fragment === '' ? pages : texts.withFragment({ pages, fragment }),
    }),
    warning: findWarnings(pattern, parts, texts).join(' ') || null,
  };
}

const isWeb = ({ scheme }: Redirect): boolean => scheme === 'https' || scheme === 'http';
const isLoopback = ({ host }: Redirect): boolean => LOOPBACK.includes(host);

function describePlace(
  { isSubdomainOnly, isAnyPort }: RedirectPattern,
  parts: Redirect,
  { places }: RedirectPatternTexts,
): string {
  const place = { scheme: parts.scheme, host: parts.host, port: isAnyPort ? '*' : parts.port };
  if (isSubdomainOnly) return places.subdomains(place);
  if (isWeb(parts) && isLoopback(parts)) return places.loopback(place);
  return isWeb(parts) ? places.site(place) : places.app(place);
}

/** Path and query. A `*` matches any characters, including slashes and question marks. */
function describePath(path: string, { pages }: RedirectPatternTexts): string {
  const stars = path.split('*').length - 1;
  const start = path.slice(0, -1);
  if (path === '') return pages.none;
  if (stars === 0) return path.includes('?') ? pages.exact({ path }) : pages.exactWithoutQuery({ path });
  if (stars > 1 || !path.endsWith('*')) return pages.matching({ path });
  if (path === '/*') return pages.any;
  if (path.endsWith('?*') && !start.slice(0, -1).includes('?')) {
    return path === '?*' ? pages.anyQueryWithoutPath : pages.anyQuery({ path: path.slice(0, -2) });
  }
  if (path.includes('?')) return pages.urlFrom({ start });
  return path.endsWith('/*') ? pages.under({ start }) : pages.pathFrom({ start });
}

function findWarnings(
  { isSubdomainOnly, isAnyPort }: RedirectPattern,
  parts: Redirect,
  { warnings }: RedirectPatternTexts,
): string[] {
  const { scheme, host, port, path } = parts;
  const isHttpLoopback = scheme === 'http' && isLoopback(parts);
  return [
    ...(isSubdomainOnly ? [warnings.subdomains({ host })] : []),
    ...(scheme === 'http' && !isLoopback(parts) ? [warnings.unencrypted] : []),
    ...(isHttpLoopback && !isAnyPort && port === '' ? [warnings.onlyPort80] : []),
    ...(scheme === 'https' && path === '/*' ? [warnings.anyPage] : []),
  ];
}
