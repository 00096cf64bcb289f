import { findUrl, ValetkeyError } from '@valetkey/protocol';

/**
 * Returns the normalized URL of a site: origin and subfolder, without trailing slash or query.
 *
 * @throws {ValetkeyError} `parameter_invalid` unless it is an http(s) URL without user name and password
 * @example parseSite('https://Example.org/forum/') // 'https://example.org/forum'
 */
export function parseSite(site: string | URL): string {
  const url = findUrl(site);
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.username || url.password) {
    throw new ValetkeyError('parameter_invalid', {
      parameter: 'site',
      reason: 'site_url_invalid',
    });
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}

/**
 * Returns a URL on the site, including its subfolder.
 *
 * @param site normalized by `parseSite`
 * @param path starts with one slash; its query is kept
 * @throws {ValetkeyError} `parameter_invalid` if the path leads off the site
 */
export function resolveOnSite(site: string, path: string): URL {
  const url = /^\/(?![/\\])/.test(path) ? new URL(site + path) : null;
  if (url && isOnSite(site, url)) return url;
  throw new ValetkeyError('parameter_invalid', { parameter: 'path', reason: 'path_leaves_site' });
}

/** Whether a URL belongs to the site: same origin, and inside its subfolder. */
export function isOnSite(site: string, url: URL): boolean {
  const { origin, pathname } = new URL(site);
  const folder = pathname.replace(/\/*$/, '/');
  return url.origin === origin && `${url.pathname}/`.startsWith(folder);
}
