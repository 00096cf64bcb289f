import { ValetkeyError } from '@valetkey/protocol';
import { type FetchOptions, sendRequest } from './send-request.ts';
import { isOnSite } from './site-address.ts';

/** A key and where it may go. */
export interface KeyHolder {
  /** As `parseSite` spells it. */
  readonly site: string;
  readonly key: string;
  /** The client id of the login, sent as `User-Api-Client-Id` where given. */
  readonly clientId?: string | undefined;
}

const MAX_REDIRECTS = 5;

/**
 * Sends a request with the key, and follows redirects that stay on the site. The key goes nowhere else: neither to
 * another origin, nor out of the site's subfolder, nor from https to http.
 *
 * @throws {ValetkeyError} `site_unreachable`, `redirect_not_followed`
 */
export async function sendWithKey(
  { site, key, clientId }: KeyHolder,
  start: URL,
  init: RequestInit,
  options: FetchOptions,
): Promise<Response> {
  let url = start;
  let request = init;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const headers = new Headers(request.headers);
    headers.set('User-Api-Key', key);
    if (clientId !== undefined) headers.set('User-Api-Client-Id', clientId);
    const response = await sendRequest(url, { ...request, headers, redirect: 'manual' }, options);
    const target = findRedirectTarget(response, url);
    if (!target) return response;
    await response.body?.cancel();
    if (!isOnSite(site, target))
      throw new ValetkeyError('redirect_not_followed', { location: target.origin });
    request = afterRedirect(request, response.status);
    url = target;
  }
  throw new ValetkeyError('redirect_not_followed', { location: url.origin });
}

function findRedirectTarget(response: Response, from: URL): URL | null {
  // Browsers do not tell where a redirect leads, so there it cannot be followed safely.
  if (response.type === 'opaqueredirect') throw new ValetkeyError('redirect_not_followed');
  const isRedirect = [301, 302, 303, 307, 308].includes(response.status);
  const location = isRedirect ? response.headers.get('location') : null;
  return location !== null && URL.canParse(location, from.href) ? new URL(location, from) : null;
}

/** As the Fetch standard has it: 301 and 302 turn a POST into a GET, 303 turns everything but a HEAD into one. */
function afterRedirect(request: RequestInit, status: number): RequestInit {
  const method = (request.method ?? 'GET').toUpperCase();
  const becomesGet = status === 303 ? method !== 'HEAD' : status < 303 && method === 'POST';
  if (!becomesGet) return request;
  const headers = new Headers(request.headers);
  headers.delete('content-type');
  return { ...request, method: 'GET', body: null, headers };
}
