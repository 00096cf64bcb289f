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

export interface CorsPolicy {
  /** Origins as a browser writes them: `https://app.example`, lower case, no path. */
  readonly origins: readonly string[];
  readonly allowsAdminKeys: boolean;
}

/** The answer to a preflight of a listed origin; null for everything else, which the site answers as ever. */
export function preflightResponse(request: Request, policy: CorsPolicy): Response | null {
  const isPreflight = request.method === 'OPTIONS' && request.headers.has('access-control-request-method');
  const origin = listedOrigin(request, policy);
  if (!isPreflight || !origin) return null;
  const headers = policy.allowsAdminKeys ? [...ALLOWED_HEADERS, 'Api-Key', 'Api-Username'] : ALLOWED_HEADERS;
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
      'Access-Control-Allow-Headers': headers.join(', '),
      // Until then a browser goes on sending for an origin that was taken off the list, though it shows no answer.
      'Access-Control-Max-Age': '600',
      Vary: 'Origin',
    },
  });
}

/**
 * Lets a listed origin read this answer, refusals included. Never with credentials: another site's page acts with a
 * key or not at all. An answer that is open to every origin stays so.
 */
export function withCors(request: Request, response: Response, policy: CorsPolicy): Response {
  if (policy.origins.length === 0 || response.headers.has('access-control-allow-origin')) return response;
  const open = new Response(response.body, response);
  open.headers.append('Vary', 'Origin');
  const origin = listedOrigin(request, policy);
  if (origin) {
    open.headers.set('Access-Control-Allow-Origin', origin);
    open.headers.set('Access-Control-Expose-Headers', EXPOSED_HEADERS.join(', '));
  }
  return open;
}

/** Compared whole: `https://app.example.evil.test` is not `https://app.example`. */
function listedOrigin(request: Request, { origins }: CorsPolicy): string | null {
  const origin = request.headers.get('origin');
  return origin !== null && origins.includes(origin) ? origin : null;
}
