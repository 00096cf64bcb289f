import { isUrlKeyRoute, type MatchedRoute, type ScopeDefinitions } from '../core/scopes/scope.ts';

/** What a request presents to be judged by. Nothing is guessed: two at once are a conflict, wherever they stand. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'user_key'; readonly key: string; readonly isInUrl: boolean }
  | { readonly kind: 'admin_key'; readonly key: string; readonly username: string | null }
  /** `isInUrl` if one of them is. */
  | { readonly kind: 'conflict'; readonly isInUrl: boolean };

/**
 * The key of a request (PROTOCOL.md section 5). A key in the query counts only where URL keys are at home, and an admin
 * key nowhere.
 */
export function readCredentials(
  request: Request,
  route: MatchedRoute,
  scopes: ScopeDefinitions,
): Credentials {
  const inHeaders = readHeaderCredentials(request.headers);
  const [key, ...others] = readUrlKeys(request, route, scopes);
  if (key === undefined) return inHeaders;
  if (others.length > 0 || inHeaders.kind !== 'none') return { kind: 'conflict', isInUrl: true };
  return { kind: 'user_key', key, isInUrl: true };
}

function readUrlKeys(request: Request, route: MatchedRoute, scopes: ScopeDefinitions): string[] {
  const { url } = request;
  // Escapes may hide the name; every other address is spared the reading.
  if (!url.includes('user_api_key=') && !url.includes('%')) return [];
  const keys = new URL(url).searchParams.getAll('user_api_key');
  return keys.length > 0 && isUrlKeyRoute(scopes, request.method, route) ? keys : [];
}

/**
 * The key in the headers: `User-Api-Key`, `Authorization: Bearer` (RFC 6750 section 2.1) or `Api-Key`, one of them. Other
 * schemes of `Authorization` are not about keys, such as the password of a proxy.
 */
export function readHeaderCredentials(headers: Headers): Credentials {
  const key = headers.get('user-api-key');
  const adminKey = headers.get('api-key');
  const bearer = readBearer(headers.get('authorization'));
  if (Number(key !== null) + Number(adminKey !== null) + Number(bearer !== null) > 1)
    return { kind: 'conflict', isInUrl: false };
  if (adminKey !== null) return { kind: 'admin_key', key: adminKey, username: headers.get('api-username') };
  const userKey = key ?? bearer;
  return userKey === null ? { kind: 'none' } : { kind: 'user_key', key: userKey, isInUrl: false };
}

/** The scheme in any letter case; whatever follows is presented as the key, and judged as one. */
function readBearer(authorization: string | null): string | null {
  const found = /^\s*bearer(?:\s+(.*))?$/is.exec(authorization ?? '');
  return found && (found[1] ?? '').trim();
}
