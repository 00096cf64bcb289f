import { isUrlKeyRoute, type MatchedRoute, type ScopeDefinitions } from '../core/scopes/scope.ts';
import type { Credential, UserKeyCredential } from '../verify/verify-request.ts';
import { acceptsBasic, readBasicKey } from './read-basic-key.ts';
import { type HeaderReader, queryOf, type RequestHead } from './request-head.ts';

/** The query parameter of URL keys. */
export const URL_KEY_PARAMETER = 'user_api_key';

/**
 * Returns the key of a request (PROTOCOL.md#using-a-key); null if there is none. A key in the query counts only on
 * routes for URL keys, an admin key never. For more than one key, wherever they are, it returns `conflict`.
 *
 * @param scopes of the site, which define the routes for URL keys
 */
export function readCredentials(
  request: RequestHead,
  route: MatchedRoute,
  scopes: ScopeDefinitions,
): Credential | null {
  const inHeaders = readHeaderCredentials(request.headers);
  const [key, another] = readUrlKeys(request, route, scopes);
  if (key === undefined) return inHeaders ?? readBasicCredential(request);
  const isSecond = inHeaders !== null || readBasicKey(request.headers.get('authorization')) !== null;
  if (another !== undefined || isSecond) return { kind: 'conflict', isInUrl: true };
  return { kind: 'user_key', key, isInUrl: true };
}

const NO_KEYS: readonly string[] = [];

function readUrlKeys(
  { method, url }: RequestHead,
  route: MatchedRoute,
  scopes: ScopeDefinitions,
): readonly string[] {
  const query = queryOf(url);
  // The name may be percent-encoded; all other queries need not be parsed.
  if (query === '' || !(query.includes(URL_KEY_PARAMETER) || query.includes('%'))) return NO_KEYS;
  // A feed URL that was copied from a text may end in white space or a line break.
  const keys = new URLSearchParams(query).getAll(URL_KEY_PARAMETER).map((key) => key.trim());
  return keys.length > 0 && isUrlKeyRoute(scopes, method, route) ? keys : NO_KEYS;
}

/**
 * Returns the key that is the Basic password of a request without any other key; null if there is none, and where
 * Basic is not accepted (PROTOCOL.md#basic). Refuses nothing: the password may be that of a proxy.
 */
export function readBasicCredential(request: Omit<RequestHead, 'url'>): UserKeyCredential | null {
  const key = acceptsBasic(request) ? readBasicKey(request.headers.get('authorization')) : null;
  return key === null ? null : { kind: 'user_key', key, isBasic: true };
}

/**
 * Returns the key in the headers, one of `User-Api-Key`, `Authorization: Bearer` (RFC 6750 section 2.1) and
 * `Api-Key`; null if there is none. Ignores other schemes of `Authorization`, such as the password of a proxy, unless
 * that has the form of a key: two keys are a conflict.
 */
export function readHeaderCredentials(headers: HeaderReader): Credential | null {
  const key = headers.get('user-api-key');
  const adminKey = headers.get('api-key');
  const authorization = headers.get('authorization');
  const bearer = authorization === null ? null : readBearer(authorization);
  if (Number(key !== null) + Number(adminKey !== null) + Number(bearer !== null) > 1) return CONFLICT;
  const presented = key ?? adminKey ?? bearer;
  if (presented === null) return null;
  if (bearer === null && readBasicKey(authorization) !== null) return CONFLICT;
  // Repeated headers are joined with a comma, which no key contains.
  if (presented.includes(',')) return CONFLICT;
  if (adminKey === null)
    return { kind: 'user_key', key: presented, isInUrl: false, isBearer: bearer !== null };
  return { kind: 'admin_key', key: adminKey, username: headers.get('api-username') };
}

const CONFLICT: Credential = { kind: 'conflict', isInUrl: false };
const BEARER = /^\s*bearer(?:\s+(.*))?$/is;

/** The scheme is case-insensitive. The rest is the presented key, verified like any other. */
function readBearer(authorization: string): string | null {
  const found = BEARER.exec(authorization);
  if (found) return (found[1] ?? '').trim();
  // After another scheme in a repeated header: returned completely, so that it is a conflict.
  const isSecond = authorization.split(',').some((part, index) => index > 0 && BEARER.test(part));
  return isSecond ? authorization : null;
}
