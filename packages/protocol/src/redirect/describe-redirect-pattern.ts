import type { Redirect } from './redirect.ts';
import type { RedirectPattern } from './redirect-pattern.ts';

/** What an admin should know before allowing a pattern. Plain text: escape it before you display it. */
export interface RedirectPatternDescription {
  /** What the pattern allows, such as “Any page of https://app.example under /callback/, with any query.” */
  readonly allows: string;
  /** The risk of the pattern; null if it allows no more than it seems to. */
  readonly warning: string | null;
}

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/**
 * Describes what a redirect pattern allows (PROTOCOL.md#redirect-patterns), for the settings page. Patterns that allow
 * different redirects have different descriptions.
 *
 * @param pattern from `parseRedirectPatterns`
 * @example
 * describeRedirectPattern(pattern).allows // 'An app on the person’s own computer, at 127.0.0.1 on any port: any page, with any query.'
 */
export function describeRedirectPattern(pattern: RedirectPattern): RedirectPatternDescription {
  const { parts } = pattern;
  if (parts === null) {
    return {
      allows: 'EVERYTHING: any address of any site, and any app on any device.',
      warning:
        'Whoever gets a person to press Approve has the answer sent wherever they like. List the addresses of your apps instead.',
    };
  }
  return { allows: `${place(pattern, parts)}: ${pages(parts)}.`, warning: findWarning(pattern, parts) };
}

const isWeb = ({ scheme }: Redirect): boolean => scheme === 'https' || scheme === 'http';
const isLoopback = ({ host }: Redirect): boolean => LOOPBACK.includes(host);

function place({ isSubdomainOnly, isAnyPort }: RedirectPattern, parts: Redirect): string {
  const { scheme, host, port } = parts;
  const onPort = isAnyPort ? ' on any port' : port && ` on port ${port}`;
  if (isSubdomainOnly) {
    return `Every subdomain of ${host}, at any depth, by ${scheme}${onPort}, but not ${host} itself`;
  }
  if (isWeb(parts) && isLoopback(parts)) {
    return `An app on the person’s own computer, at ${host} by ${scheme}${onPort || ' on its default port only'}`;
  }
  if (isWeb(parts)) return `The site ${scheme}://${host}${onPort}`;
  return `An app on the person’s device that opens ${scheme}: links, at ${host}${onPort}`;
}

/** Path, query and fragment. A `*` matches any characters, including slashes and question marks. */
function pages({ path, fragment }: Redirect): string {
  const withFragment = fragment === '' ? '' : `, and after it what matches ${fragment}`;
  return describePath(path) + withFragment;
}

function describePath(path: string): string {
  const stars = path.split('*').length - 1;
  const beginning = path.slice(0, -1);
  if (path === '') return 'this address alone, without path and query';
  if (stars === 0) return `exactly ${path}${path.includes('?') ? '' : ', without a query'}`;
  if (stars > 1 || !path.endsWith('*')) {
    return `whatever matches ${path}, where each * is any text, with slashes and queries in it`;
  }
  if (path === '/*') return 'any page, with any query';
  if (path.endsWith('?*') && !beginning.slice(0, -1).includes('?')) {
    return `the page ${path.slice(0, -2) || 'without a path'}, with any query, a ? at least`;
  }
  if (path.includes('?')) return `${path.slice(0, -1)} and whatever comes after it`;
  if (path.endsWith('/*')) return `any page under ${beginning}, with any query`;
  return `any page whose path begins with ${beginning} (${beginning}-more and ${beginning}/more too), with any query`;
}

function findWarning({ isSubdomainOnly, isAnyPort }: RedirectPattern, parts: Redirect): string | null {
  const warnings: string[] = [];
  if (isSubdomainOnly) {
    warnings.push(
      `Only right if every subdomain of ${parts.host} is yours: whoever can put a page on one of them can receive answers.`,
    );
  }
  if (parts.scheme === 'http' && !isLoopback(parts)) {
    warnings.push(
      'Not encrypted: whoever is on the way between the person and that site can read the address. Use https.',
    );
  }
  if (parts.scheme === 'http' && isLoopback(parts) && !isAnyPort && parts.port === '') {
    warnings.push('Only port 80. For an app that listens on whatever port is free, write http://127.0.0.1/*');
  }
  if (parts.scheme === 'https' && parts.path === '/*') {
    warnings.push(
      'Any page: one that forwards or shows its address gives the answer away. Name the page that the app uses.',
    );
  }
  return warnings.join(' ') || null;
}
