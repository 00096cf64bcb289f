import { pathWithin } from './answer.ts';
import { type CorsPolicy, findPreflightOrigin } from './cors.ts';
import { acceptsJson } from './endpoint-request.ts';
import type { FindEndpoint } from './endpoints/find-endpoint.ts';
import type { RequestHead } from './request-head.ts';

/**
 * Returns whether Valetkey responds to this request: to one of its endpoints, or to a preflight request of an allowed
 * origin. Creates no `Request`, because this runs on every request of a site.
 */
export function servesRequest(
  request: RequestHead,
  basePath: string,
  findEndpoint: FindEndpoint,
  policy: CorsPolicy,
): boolean {
  if (request.method === 'OPTIONS' && findPreflightOrigin(request, policy) !== null) return true;
  const path = pathOf(request.url);
  const below = pathWithin(basePath, path);
  if (below === null) return false;
  return findEndpoint(below, path.endsWith('.json') || acceptsJson(request)) !== null;
}

/** The path as received: an endpoint has no escapes and no dot segments. */
function pathOf(url: string): string {
  if (!url.startsWith('/')) return URL.canParse(url) ? new URL(url).pathname : '';
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}
