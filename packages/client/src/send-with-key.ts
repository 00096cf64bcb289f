import { findUrl, ValetkeyError } from '@valetkey/protocol';
import { type HttpOptions, isStream, type SiteRequest, sendRequest } from './send-request.ts';
import { isOnSite, resolveOnSite } from './site-url.ts';

/** A key and its site. */
export interface KeyHolder {
  /** Normalized by `parseSite`. */
  readonly site: string;
  readonly key: string;
  /** The client id of the login, sent as `User-Api-Client-Id` if given. */
  readonly clientId?: string | undefined;
}

const MAX_REDIRECTS = 5;

/**
 * Builds a request with a key for any HTTP client. Turn off redirects in that client: a redirect would send the key to another server.
 *
 * @param path on the site, with query; starts with one slash
 * @throws {ValetkeyError} `parameter_invalid` if the path leads off the site, or the key contains invalid
 *   characters
 * @see PROTOCOL.md#using-a-key
 */
export function buildRequestWithKey(
  holder: KeyHolder,
  path: string,
  method: 'GET' | 'POST' = 'GET',
): SiteRequest {
  const headers = { Accept: 'application/json', ...keyHeaders(holder) };
  return { url: resolveOnSite(holder.site, path), method, headers };
}

function keyHeaders({ key, clientId }: KeyHolder): Record<string, string> {
  const trimmed = key.trim();
  // Runtimes quote a rejected header in their error message, including the key.
  if (!/^[\x21-\x7e]+$/.test(trimmed)) throw new ValetkeyError('parameter_invalid', { parameter: 'key' });
  return { 'User-Api-Key': trimmed, ...(clientId === undefined ? {} : { 'User-Api-Client-Id': clientId }) };
}

/**
 * Sends a request with the key and follows redirects within the site. The key is never sent to another origin,
 * outside the site's subfolder, or from https to http.
 *
 * A runtime that follows redirects although `redirect` is `manual` is detected afterwards.
 *
 * @throws {ValetkeyError} `site_unreachable`, `redirect_not_followed`, `key_redirected`
 */
export async function sendWithKey(
  holder: KeyHolder,
  start: URL,
  init: RequestInit,
  options: HttpOptions,
): Promise<Response> {
  const { site } = holder;
  let url = start;
  let request = init;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const headers = new Headers(request.headers);
    for (const [name, value] of Object.entries(keyHeaders(holder))) headers.set(name, value);
    const response = await sendRequest(url, { ...request, headers, redirect: 'manual' }, options);
    const end = findUrl(response.url);
    if (end && !isOnSite(site, end)) throw new ValetkeyError('key_redirected', { location: end.origin });
    const target = findRedirectTarget(response, url);
    if (!target) return response;
    await response.body?.cancel?.();
    request = followRedirect(request, response.status);
    // A body that is a stream has been consumed by now.
    if (!isOnSite(site, target) || isStream(request.body))
      throw new ValetkeyError('redirect_not_followed', { location: target.origin });
    url = target;
  }
  throw new ValetkeyError('redirect_not_followed', { location: url.origin });
}

function findRedirectTarget(response: Response, from: URL): URL | null {
  // Browsers hide the target of a redirect, so it cannot be followed safely.
  if (response.type === 'opaqueredirect') throw new ValetkeyError('redirect_not_followed');
  const isRedirect = [301, 302, 303, 307, 308].includes(response.status);
  const location = isRedirect ? response.headers.get('location') : null;
  return location === null ? null : findUrl(location, from);
}

/** As in the Fetch standard: 301 and 302 turn a POST into a GET; 303 turns every method but HEAD into a GET. */
function followRedirect(request: RequestInit, status: number): RequestInit {
  const method = (request.method ?? 'GET').toUpperCase();
  const becomesGet = status === 303 ? method !== 'HEAD' : status < 303 && method === 'POST';
  if (!becomesGet) return request;
  const headers = new Headers(request.headers);
  headers.delete('content-type');
  return { ...request, method: 'GET', body: null, headers };
}
