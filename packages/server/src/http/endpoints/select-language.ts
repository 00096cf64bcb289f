import { type RawParameters, ValetkeyError } from '@valetkey/protocol';
import { parseConsentChoice } from '../../issue/consent-choice.ts';
import { formatLanguageCookie, isSelectable } from '../language-cookie.ts';
import { redirectResponse } from '../responses.ts';
import type { Endpoint } from './endpoint.ts';

/**
 * `POST /user-api-key/assets/language`: stores the reader's language in a cookie and shows the page again, with what the
 * reader has selected on a consent page. Needs no session: it changes nothing else. Rejects forms of other origins.
 */
export const selectLanguage: Endpoint = async ({ raw, body }, { site, basePath }) => {
  const { origin, protocol } = new URL(site.baseUrl);
  const sentFrom = raw.headers.get('origin');
  if (sentFrom !== null && sentFrom !== origin) throw new ValetkeyError('csrf_invalid');
  const { language } = body;
  if (typeof language !== 'string' || !isSelectable(language)) {
    throw new ValetkeyError('parameter_invalid', { parameter: 'language' });
  }
  const response = redirectResponse(keepChoice(parseReturnTo(body.return_to, origin), body), 303);
  response.headers.set(
    'Set-Cookie',
    formatLanguageCookie(language, { basePath, isSecure: protocol === 'https:' }),
  );
  return response;
};

/**
 * Accepts a path on this site only, so that the form is no open redirect. `/.//host` becomes the path `//host`, which
 * browsers read as another site.
 */
function parseReturnTo(value: unknown, origin: string): URL {
  const url = typeof value === 'string' && value.startsWith('/') ? URL.parse(value, origin) : null;
  if (url?.origin !== origin || url.pathname.startsWith('//'))
    throw new ValetkeyError('parameter_invalid', { parameter: 'return_to' });
  return url;
}

/** Returns the path with the selected scopes and expiry, and no other field of the form: a URL must contain no secret. */
function keepChoice({ pathname, search, searchParams }: URL, body: RawParameters): string {
  const { scopes, expiresInSeconds } = parseConsentChoice(body);
  // Keeps every other query byte for byte.
  if (scopes === null && expiresInSeconds === null && !searchParams.has(EXPIRY)) return pathname + search;
  if (scopes !== null) searchParams.set(SCOPES, scopes.join(','));
  if (expiresInSeconds === null) searchParams.delete(EXPIRY);
  else searchParams.set(EXPIRY, expiresInSeconds);
  return `${pathname}?${searchParams}`;
}

const SCOPES = 'granted_scopes';
const EXPIRY = 'granted_expires_in_seconds';
