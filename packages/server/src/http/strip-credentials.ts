import { URL_KEY_PARAMETER } from './read-credentials.ts';
import { queryOf } from './request-head.ts';

const KEY_HEADERS = ['user-api-key', 'user-api-client-id', 'api-key', 'api-username'];

/**
 * Removes all keys from a request that is forwarded to another program: the headers of keys, `Authorization` with a
 * `Bearer` credential, and the query parameter of URL keys. Everything else stays unchanged.
 *
 * @param url absolute, or a path with its query
 * @returns copies; the arguments stay unchanged
 */
export function stripCredentials(headers: HeadersInit, url: string): { headers: Headers; url: string } {
  const stripped = new Headers(headers);
  for (const name of KEY_HEADERS) stripped.delete(name);
  if (/(?:^|,)\s*bearer\b/i.test(stripped.get('authorization') ?? '')) stripped.delete('authorization');
  return { headers: stripped, url: stripUrlKey(url) };
}

function stripUrlKey(url: string): string {
  const query = queryOf(url);
  const kept = query.split('&').filter((part) => !new URLSearchParams(part).has(URL_KEY_PARAMETER));
  const start = url.indexOf('?');
  if (query === '' || kept.length === query.split('&').length) return url;
  const before = url.slice(0, kept.length === 0 ? start : start + 1);
  return before + kept.join('&') + url.slice(start + 1 + query.length);
}
