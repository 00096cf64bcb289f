import type { HeaderReader, RequestHead } from './request-head.ts';

/** The headers that pages of allowed origins may send (PROTOCOL.md#cors). `Api-Key` is added by a setting only. */
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

/** The response headers that scripts may read; without them the browser hides the reason of a refusal. */
const EXPOSED_HEADERS = [
  'Auth-Api-Version',
  'Auth-Api-Device-Code',
  'Auth-Api-Scopes',
  'Retry-After',
  'Discourse-Rate-Limit-Error-Code',
  'RateLimit',
  'RateLimit-Policy',
  'WWW-Authenticate',
].join(', ');

/** The origins that may read responses, from the site’s settings. */
export interface CorsPolicy {
  /** Origins in the form of browsers: `https://app.example`, lower case, without a path. */
  readonly origins: readonly string[];
  readonly allowsAdminKeys: boolean;
}

/**
 * Returns the response to a preflight request of an allowed origin; null for all other requests, which the site
 * serves.
 */
export function preflightResponse(request: RequestHead, policy: CorsPolicy): Response | null {
  const origin = findPreflightOrigin(request, policy);
  if (origin === null) return null;
  const { headers } = request;
  const allowed = listAllowedHeaders(headers.get('access-control-request-headers'), policy);
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
      'Access-Control-Allow-Headers': allowed.join(', '),
      // Seconds that a browser caches this response. An origin that was removed from the list in the meantime can send
      // requests until then, but cannot read the responses.
      'Access-Control-Max-Age': '600',
      Vary: 'Origin, Access-Control-Request-Headers',
    },
  });
}

/** Returns the allowed origin that sends this preflight request; null for all other requests. */
export function findPreflightOrigin({ method, headers }: RequestHead, policy: CorsPolicy): string | null {
  if (method !== 'OPTIONS' || headers.get('access-control-request-method') === null) return null;
  return findListedOrigin(headers, policy);
}

const ADMIN_HEADERS = ['Api-Key', 'Api-Username'];
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]{1,100}$/;
const MAX_REQUESTED = 50;

/** Returns the usual headers and those that the page wants to send, without those of admin keys unless the site allows them. */
function listAllowedHeaders(requested: string | null, { allowsAdminKeys }: CorsPolicy): string[] {
  const usual = allowsAdminKeys ? [...ALLOWED_HEADERS, ...ADMIN_HEADERS] : ALLOWED_HEADERS;
  const known = [...usual, ...ADMIN_HEADERS].map((name) => name.toLowerCase());
  const names = (requested ?? '').split(',').map((name) => name.trim());
  const others = names.filter((name) => HEADER_NAME.test(name) && !known.includes(name.toLowerCase()));
  return [...usual, ...others.slice(0, MAX_REQUESTED)];
}

/**
 * Returns the headers that let an allowed origin read a response, refusals included. Append `Vary` to the response’s
 * own. Never allows credentials: a page of another origin uses a key or nothing.
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
    'Access-Control-Expose-Headers': EXPOSED_HEADERS,
  };
}

/**
 * Adds `corsHeaders` to this response, or to a copy if its headers are immutable. Does not change a response that
 * already allows every origin.
 */
export function withCors(request: RequestHead, response: Response, policy: CorsPolicy): Response {
  // Checked first: without allowed origins, the response stays unchanged.
  if (policy.origins.length === 0 || response.headers.has('access-control-allow-origin')) return response;
  const headers = corsHeaders(request, policy);
  try {
    appendAll(response.headers, headers);
    return response;
  } catch {
    // The headers of `Response.redirect` and of fetched responses are immutable.
    const copy = new Response(response.body, response);
    appendAll(copy.headers, headers);
    return copy;
  }
}

function appendAll(headers: Headers, added: Readonly<Record<string, string>>): void {
  for (const name in added) headers.append(name, added[name] as string);
}

/** Rejects `null`, which every sandboxed page has. Compares complete origins: `https://app.example.evil.test` is not `https://app.example`. */
function findListedOrigin(headers: HeaderReader, { origins }: CorsPolicy): string | null {
  const origin = headers.get('origin');
  return origin !== null && origin !== 'null' && origins.includes(origin) ? origin : null;
}
