import { foldHeaderName } from './identity-headers.ts';
import { readBasicKey } from './read-basic-key.ts';
import { URL_KEY_PARAMETER } from './read-credentials.ts';
import { queryOf } from './request-head.ts';

const BEARER = /(?:^|,)\s*bearer\b/i;
const KEY_HEADERS = ['user-api-key', 'user-api-client-id', 'api-key', 'api-username'];

/**
 * Removes all keys from a request that is forwarded to another program: the headers of keys, `Authorization` with a
 * `Bearer` credential or a Basic password in the form of a key, and the query parameter of URL keys. Everything else
 * stays unchanged.
 *
 * @param url absolute, or a path with its query
 * @returns copies; the arguments stay unchanged
 */
export function stripCredentials(headers: HeadersInit, url: string): { headers: Headers; url: string } {
  const stripped = new Headers(headers);
  for (const [name, value] of [...stripped]) if (isCredentialHeader(name, value)) stripped.delete(name);
  return { headers: stripped, url: stripUrlKey(url) };
}

/**
 * Returns whether a header carries a key: by its name in every spelling that a program may fold to it (`User_Api_Key`),
 * or `Authorization` with a `Bearer` credential or a Basic password in the form of a key.
 */
export function isCredentialHeader(name: string, value: string): boolean {
  const folded = foldHeaderName(name);
  if (folded === 'authorization') return BEARER.test(value) || readBasicKey(value) !== null;
  return KEY_HEADERS.includes(folded);
}

/**
 * Returns the URL without the query parameter of URL keys; everything else stays unchanged.
 *
 * @param url absolute, or a path with its query
 */
export function stripUrlKey(url: string): string {
  const query = queryOf(url);
  const kept = query.split('&').filter((part) => !new URLSearchParams(part).has(URL_KEY_PARAMETER));
  const start = url.indexOf('?');
  if (query === '' || kept.length === query.split('&').length) return url;
  const before = url.slice(0, kept.length === 0 ? start : start + 1);
  return before + kept.join('&') + url.slice(start + 1 + query.length);
}
