import type { Endpoint } from '@valetkey/server/extension';

const EXPOSED = 'WWW-Authenticate, Retry-After, RateLimit, RateLimit-Policy';

/**
 * Allows pages of all origins to read the responses, including refusals. Only for endpoints that use no cookies: all
 * credentials are in the `Authorization` header or the body.
 */
export function openToAllOrigins(endpoint: Endpoint): Endpoint {
  const open = (response: Response): Response => {
    response.headers.set('Access-Control-Allow-Origin', '*');
    response.headers.set('Access-Control-Expose-Headers', EXPOSED);
    return response;
  };
  const { refuse } = endpoint;
  const opened: Endpoint = async (...parameters) => open(await endpoint(...parameters));
  return Object.assign(opened, endpoint, refuse && { refuse: (refusal: never) => open(refuse(refusal)) });
}

/** Responds to preflight requests of all origins for an endpoint that is open to them. */
export const answerPreflight: Endpoint = async ({ raw }) => {
  const requested = (raw.headers.get('access-control-request-headers') ?? '').split(',');
  const names = requested.map((name) => name.trim()).filter((name) => /^[\w-]{1,100}$/.test(name));
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET, POST',
      'Access-Control-Allow-Headers': ['Authorization', 'Content-Type', ...names.slice(0, 20)].join(', '),
      'Access-Control-Max-Age': '600',
      Vary: 'Access-Control-Request-Headers',
    },
  });
};
