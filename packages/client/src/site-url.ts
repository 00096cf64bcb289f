import { findUrl, ValetkeyError } from '@valetkey/protocol';

/**
 * The one spelling of a site's address: origin and subfolder, no slash at the end, no query.
 *
 * @throws {ValetkeyError} `parameter_invalid` unless it is an http(s) address without a user name or password
 * @example parseSite('https://Example.org/forum/') // 'https://example.org/forum'
 */
export function parseSite(site: string | URL): string {
  const url = findUrl(site);
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.username || url.password) {
    throw new ValetkeyError('parameter_invalid', {
      parameter: 'site',
      reason: 'it is not a plain web address',
    });
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}

/**
 * An address on the site, with the subfolder that it lives in.
 *
 * @param site as `parseSite` spells it
 * @param path begins with one slash; its query is kept
 * @throws {ValetkeyError} `parameter_invalid` if the path leads off the site
 */
export function resolveOnSite(site: string, path: string): URL {
  const url = /^\/(?![/\\])/.test(path) ? new URL(site + path) : null;
  if (url && isOnSite(site, url)) return url;
  const reason = 'it has to begin with one slash, and to stay on the site';
  throw new ValetkeyError('parameter_invalid', { parameter: 'path', reason });
}

/** Whether an address belongs to the site: same origin, and inside its subfolder where it has one. */
export function isOnSite(site: string, url: URL): boolean {
  const { origin, pathname } = new URL(site);
  const folder = pathname.replace(/\/*$/, '/');
  return url.origin === origin && `${url.pathname}/`.startsWith(folder);
}
