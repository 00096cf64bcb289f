import { isDangerousScheme } from '@valetkey/protocol';

/** Visible ASCII without the backslash, which some URL parsers treat as a slash. */
const VISIBLE_ASCII = /^[\x21-\x5b\x5d-\x7e]{1,2000}$/;

/** `localhost` and the loopback addresses, in the one spelling that browsers keep. */
export const LOOPBACK_REDIRECT = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(?::(\d{1,5}))?(\/[^#]*)?$/;

/** Where a redirect URI leads: to a web site, to a program on the user’s computer, or to an app on the device. */
export type RedirectKind = 'web' | 'loopback' | 'app';

/**
 * Returns the kind of a redirect URI that a client may register (RFC 6749 section 3.1.2, RFC 8252): https, http on loopback,
 * or a private-use scheme. Returns null for every other text, also for one that a browser would change.
 */
export function parseRedirectUri(text: string): RedirectKind | null {
  if (!VISIBLE_ASCII.test(text) || text.includes('#') || text.includes('*')) return null;
  const url = URL.parse(text);
  if (url?.username !== '' || url.password !== '') return null;
  if (LOOPBACK_REDIRECT.test(text)) return 'loopback';
  const scheme = url.protocol.slice(0, -1);
  // A browser writes the root path itself; everything else must stay as it is.
  if (scheme === 'https') return [text, `${text}/`].includes(url.href) ? 'web' : null;
  const isPrivateUse = /^[a-z][a-z0-9+.-]*:/.test(text) && !['http', 'ws', 'wss', 'ftp'].includes(scheme);
  return isPrivateUse && !isDangerousScheme(scheme) ? 'app' : null;
}
