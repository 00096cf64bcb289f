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
 * describeRedirectPattern(pattern).allows // 'An app on the user’s computer, at 127.0.0.1 over http on any port: any page, with any query.'
 */
export function describeRedirectPattern(pattern: RedirectPattern): RedirectPatternDescription {
  const { parts } = pattern;
  if (parts === null) {
    return {
      allows: 'EVERYTHING: any URL of any site, and any app on any device.',
      warning:
        'An attacker who makes a user approve a request receives the key. List the redirects of your apps instead.',
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
    return `Every subdomain of ${host}, at any depth, over ${scheme}${onPort}, but not ${host} itself`;
  }
  if (isWeb(parts) && isLoopback(parts)) {
    return `An app on the user’s computer, at ${host} over ${scheme}${onPort || ' on its default port only'}`;
  }
  if (isWeb(parts)) return `The site ${scheme}://${host}${onPort}`;
  return `An app on the user’s device that handles ${scheme}: links, at ${host}${onPort}`;
}

/** Path, query and fragment. A `*` matches any characters, including slashes and question marks. */
function pages({ path, fragment }: Redirect): string {
  const withFragment = fragment === '' ? '' : `, followed by a fragment that matches ${fragment}`;
  return describePath(path) + withFragment;
}

function describePath(path: string): string {
  const stars = path.split('*').length - 1;
  const beginning = path.slice(0, -1);
  if (path === '') return 'only this URL, without path and query';
  if (stars === 0) return `exactly ${path}${path.includes('?') ? '' : ', without a query'}`;
  if (stars > 1 || !path.endsWith('*')) {
    return `any page that matches ${path}, where each * is any text, including slashes and queries`;
  }
  if (path === '/*') return 'any page, with any query';
  if (path.endsWith('?*') && !beginning.slice(0, -1).includes('?')) {
    return `the page ${path.slice(0, -2) || 'without a path'}, with a query, which may be empty`;
  }
  if (path.includes('?')) return `any URL that starts with ${path.slice(0, -1)}`;
  if (path.endsWith('/*')) return `any page under ${beginning}, with any query`;
  return `any page whose path starts with ${beginning} (also ${beginning}-more and ${beginning}/more), with any query`;
}

function findWarning({ isSubdomainOnly, isAnyPort }: RedirectPattern, parts: Redirect): string | null {
  const warnings: string[] = [];
  if (isSubdomainOnly) {
    warnings.push(
      `Safe only if every subdomain of ${parts.host} is yours: an attacker with a page on one of them can receive keys.`,
    );
  }
  if (parts.scheme === 'http' && !isLoopback(parts)) {
    warnings.push('Not encrypted: anyone on the network path can read the URL. Use https.');
  }
  if (parts.scheme === 'http' && isLoopback(parts) && !isAnyPort && parts.port === '') {
    warnings.push('Only port 80. For an app that listens on any free port, use http://127.0.0.1/*');
  }
  if (parts.scheme === 'https' && parts.path === '/*') {
    warnings.push(
      'Any page: one that redirects, or shows its URL, leaks the encrypted key. Name the page that the app uses.',
    );
  }
  return warnings.join(' ') || null;
}
