import { isUrlKeyRoute, type MatchedRoute, type ScopeDefinitions } from '../scopes/scope.ts';

/** What a request presents to be judged by. Nothing is guessed: two at once are a conflict. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'user_key'; readonly key: string; readonly isInUrl: boolean }
  | { readonly kind: 'admin_key'; readonly key: string; readonly username: string | null }
  | { readonly kind: 'conflict' };

/**
 * The key of a request (PROTOCOL.md section 5). A key in the query counts only where URL keys are at home, and an admin
 * key nowhere.
 */
export function readCredentials(
  request: Request,
  route: MatchedRoute,
  scopes: ScopeDefinitions,
): Credentials {
  const key = request.headers.get('user-api-key');
  const adminKey = request.headers.get('api-key');
  if (key !== null && adminKey !== null) return { kind: 'conflict' };
  if (key !== null) return { kind: 'user_key', key, isInUrl: false };
  if (adminKey !== null) {
    return { kind: 'admin_key', key: adminKey, username: request.headers.get('api-username') };
  }

  if (!request.url.includes('user_api_key=') || !isUrlKeyRoute(scopes, request.method, route))
    return { kind: 'none' };
  const [urlKey, ...others] = new URL(request.url).searchParams.getAll('user_api_key');
  if (urlKey === undefined) return { kind: 'none' };
  return others.length > 0 ? { kind: 'conflict' } : { kind: 'user_key', key: urlKey, isInUrl: true };
}
