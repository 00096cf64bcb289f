import { ValetkeyError } from '@valetkey/protocol';

/**
 * An address on the site; the subfolder that it lives in is kept.
 *
 * @param path begins with a slash; its query is kept
 * @throws ValetkeyError `parameter_invalid` if the site is no http(s) address
 */
export function siteAddress(site: string | URL, path: string): URL {
  const base = URL.canParse(String(site)) ? new URL(site) : null;
  if (base?.protocol !== 'https:' && base?.protocol !== 'http:') {
    throw new ValetkeyError('parameter_invalid', { parameter: 'site', reason: 'it is not a web address' });
  }
  return new URL(base.origin + base.pathname.replace(/\/+$/, '') + path);
}
