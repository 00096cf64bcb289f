import type { HeaderReader, RequestHead } from './request-head.ts';

/** What a listed page may send (PROTOCOL.md section 5). `Api-Key` is not among them unless the site says so. */
const ALLOWED_HEADERS = [
  'Content-Type',
  'Accept',
  'X-Requested-With',
  'X-CSRF-Token',
  'Discourse-Present',
  'User-Api-Key',
  'User-Api-Client-Id',
  'Authorization',
];

/** What its script may read of the answer; without these the browser hides the reason of a refusal. */
const EXPOSED_HEADERS = [
  'Auth-Api-Version',
  'Auth-Api-Device-Code',
  'Retry-After',
  'Discourse-Rate-Limit-Error-Code',
  'RateLimit',
  'RateLimit-Policy',
];

/** Which origins may read responses, from the site's settings. */
export interface CorsPolicy {
  /** Origins as a browser writes them: `https://app.example`, lower case, no path. */
  readonly origins: readonly string[];
  readonly allowsAdminKeys: boolean;
}

/** The response to a preflight of a listed origin; null for everything else, which the site answers itself. */
export function preflightResponse({ method, headers }: RequestHead, policy: CorsPolicy): Response | null {
  if (method !== 'OPTIONS' || headers.get('access-control-request-method') === null) return null;
  const origin = findListedOrigin(headers, policy);
  if (origin === null) return null;
  const allowed = policy.allowsAdminKeys ? [...ALLOWED_HEADERS, 'Api-Key', 'Api-Username'] : ALLOWED_HEADERS;
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
      'Access-Control-Allow-Headers': allowed.join(', '),
      // Until then a browser goes on sending for an origin that was taken off the list, though it shows no response.
      'Access-Control-Max-Age': '600',
      Vary: 'Origin',
    },
  });
}

/**
 * Returns the headers that let a listed origin read a response, refusals included. `Vary` is to be added to what the response has.
 * Never with credentials: another site's page acts with a key or not at all.
 */
export function corsHeaders(
  { headers }: Pick<RequestHead, 'headers'>,
  policy: CorsPolicy,
): Record<string, string> {
  if (policy.origins.length === 0) return {};
  const origin = findListedOrigin(headers, policy);
  if (origin === null) return { Vary: 'Origin' };
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': EXPOSED_HEADERS.join(', '),
  };
}

/**
 * Adds `corsHeaders` to this response, or to a copy where its headers cannot be changed. A response that is open to every origin
 * stays so.
 */
export function withCors(request: RequestHead, response: Response, policy: CorsPolicy): Response {
  // Checked first: without listed origins, nothing of the response is touched.
  if (policy.origins.length === 0 || response.headers.has('access-control-allow-origin')) return response;
  const { Vary = 'Origin', ...headers } = corsHeaders(request, policy);
  const opened = withVary(response, Vary);
  for (const [name, value] of Object.entries(headers)) opened.headers.set(name, value);
  return opened;
}

function withVary(response: Response, name: string): Response {
  try {
    response.headers.append('Vary', name);
    return response;
  } catch {
    // Such as a redirect by `Response.redirect`, or what `fetch` has returned.
    const copy = new Response(response.body, response);
    copy.headers.append('Vary', name);
    return copy;
  }
}

/** Compared whole: `https://app.example.evil.test` is not `https://app.example`. */
function findListedOrigin(headers: HeaderReader, { origins }: CorsPolicy): string | null {
  const origin = headers.get('origin');
  return origin !== null && origins.includes(origin) ? origin : null;
}
