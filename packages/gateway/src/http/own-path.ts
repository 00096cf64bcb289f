import type { Head } from './node-request.ts';

const PREFIXES = [
  '/user-api-key',
  '/user-api-key-client',
  '/oauth',
  '/calendar-subscriptions',
  '/valetkey',
  '/.well-known/oauth-authorization-server',
  '/.well-known/valetkey',
];

/** The address of the public keys of identity tokens. */
export const JWKS_PATH = '/.well-known/valetkey/jwks.json';

/**
 * Returns whether Valetkey may have an endpoint for this request, by its path below the site's base or because it is a
 * preflight. All other requests go to the service without being parsed further.
 */
export function isOwnCandidate({ method, url, headers }: Head, basePath: string): boolean {
  if (method === 'OPTIONS' && headers.get('access-control-request-method') !== null) return true;
  const [path = ''] = url.split('?', 1);
  return PREFIXES.some((prefix) => isBelow(path, basePath + prefix) || isBelow(path, prefix));
}

const isBelow = (path: string, prefix: string): boolean =>
  path.startsWith(prefix) && (path.length === prefix.length || /[/.]/.test(path[prefix.length] as string));
