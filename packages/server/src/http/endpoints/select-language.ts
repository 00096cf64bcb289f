import { ValetkeyError } from '@valetkey/protocol';
import { formatLanguageCookie, isSelectable } from '../language-cookie.ts';
import { redirectResponse } from '../responses.ts';
import type { Endpoint } from './endpoint.ts';

/**
 * `POST /user-api-key/assets/language`: stores the reader's language in a cookie and shows the page again. Needs no
 * session: it changes nothing else. Rejects forms of other origins.
 */
export const selectLanguage: Endpoint = async ({ raw, body }, { site, basePath }) => {
  const { origin, protocol } = new URL(site.baseUrl);
  const sentFrom = raw.headers.get('origin');
  if (sentFrom !== null && sentFrom !== origin) throw new ValetkeyError('csrf_invalid');
  const { language } = body;
  if (typeof language !== 'string' || !isSelectable(language)) {
    throw new ValetkeyError('parameter_invalid', { parameter: 'language' });
  }
  const response = redirectResponse(parseReturnTo(body.return_to, origin), 303);
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
function parseReturnTo(value: unknown, origin: string): string {
  const url = typeof value === 'string' && value.startsWith('/') ? URL.parse(value, origin) : null;
  if (url?.origin !== origin || url.pathname.startsWith('//'))
    throw new ValetkeyError('parameter_invalid', { parameter: 'return_to' });
  return url.pathname + url.search;
}
