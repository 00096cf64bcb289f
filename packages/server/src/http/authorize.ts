import { withoutMapping } from '../core/ip/ip-address.ts';
import { chain, isPromise, type MaybePromise } from '../core/maybe-promise.ts';
import type { Refusal } from '../core/refusal.ts';
import type { MatchedRoute } from '../core/scopes/scope.ts';
import type { Provider } from '../issue/provider.ts';
import type { RequestContext, SiteUser } from '../ports/site.ts';
import type { Principal, VerifyResult } from '../verify/verify-result.ts';
import { type BearerChallenge, findBearerChallenge, withChallenge } from './bearer-challenge.ts';
import { findMisplacedKey } from './find-misplaced-key.ts';
import { findOuterRequest } from './inner-requests.ts';
import { rateLimitHeaders } from './rate-limit-headers.ts';
import { readCredentials } from './read-credentials.ts';
import { refusalHeaders, refusalStatus, renderRefusal } from './render-refusal.ts';
import type { RequestHead } from './request-head.ts';

/** The decision whether the site may serve a request. */
export type AuthorizeResult<User extends SiteUser = SiteUser> =
  /** The request carries no key. */
  | { readonly kind: 'anonymous' }
  /** Add `headers` to the site’s response: remaining limits, and cache headers for a URL key. */
  | {
      readonly kind: 'key';
      readonly principal: Principal<User>;
      readonly headers: Readonly<Record<string, string>>;
    }
  | RefusedResult;

/**
 * A request that must not be served. `response()` renders it with `status` and `headers`: as JSON, or as a page for
 * `html`.
 */
export interface RefusedResult {
  readonly kind: 'refused';
  readonly refusal: Refusal;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  response(): Promise<Response>;
}

/** No cache keeps the response to a URL key, and no link in it reveals the URL. */
const URL_KEY_HEADERS: Readonly<Record<string, string>> = {
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'private',
  'X-Robots-Tag': 'noindex',
};
const ANONYMOUS: AuthorizeResult = { kind: 'anonymous' };

/** Verifies the key of a request to one of the site’s own routes. Returns no promise if everything is in memory. */
export function authorize(
  request: RequestHead,
  route: MatchedRoute,
  { ipAddress }: Pick<RequestContext, 'ipAddress'>,
  provider: Provider,
): MaybePromise<AuthorizeResult> {
  const { method, headers } = request;
  const credential = readCredentials(request, route, provider.scopes);
  if (credential === null) return authorizeWithoutKey(request, route, provider);
  const isInUrl = credential.kind !== 'admin_key' && credential.isInUrl === true;
  const result = provider.verifier.verify({
    credential,
    method,
    route,
    ipAddress: withoutMapping(ipAddress),
    userAgent: headers.get('user-agent'),
    origin: credential.kind === 'admin_key' ? headers.get('origin') : null,
    clientId: credential.kind === 'user_key' ? headers.get('user-api-client-id') : null,
    ...findOuterRequest(request),
  });
  const finish = (verified: VerifyResult): AuthorizeResult => {
    if (verified.allowed) return allow(verified, isInUrl);
    const { isBearer = false, isBasic = false } = credential.kind === 'user_key' ? credential : {};
    // The password of a proxy is no key.
    if (isBasic && verified.code === 'key_unknown') return ANONYMOUS;
    const challenge = isBearer ? findBearerChallenge(verified, provider.resourceMetadataUrl) : null;
    return refuse(verified, { isInUrl, challenge }, (refusal) =>
      renderRefusal(refusal, route.format, request, provider),
    );
  };
  return isPromise(result) ? result.then(finish) : finish(result);
}

/** Refuses a key in a wrong place, which would else look like a request of nobody (PROTOCOL.md#misplaced-keys). */
function authorizeWithoutKey(
  request: RequestHead,
  route: MatchedRoute,
  provider: Provider,
): MaybePromise<AuthorizeResult> {
  return chain(findMisplacedKey(request, provider.verifier), (misplaced): AuthorizeResult => {
    if (misplaced === null) return ANONYMOUS;
    // Only an app changes something without a cookie.
    const isFromApp = !['GET', 'HEAD'].includes(request.method) && request.headers.get('cookie') === null;
    return refuse(misplaced, { isInUrl: true, challenge: null }, (refusal) =>
      renderRefusal(refusal, isFromApp ? 'json' : route.format, request, provider),
    );
  });
}

function allow(
  { principal, limits, remaining }: Extract<VerifyResult, { allowed: true }>,
  isInUrl: boolean,
): AuthorizeResult {
  const headers = rateLimitHeaders(limits, remaining);
  return { kind: 'key', principal, headers: isInUrl ? { ...headers, ...URL_KEY_HEADERS } : headers };
}

function refuse(
  { code, details }: Refusal,
  { isInUrl, challenge }: { isInUrl: boolean; challenge: BearerChallenge | null },
  render: (refusal: Refusal) => Promise<Response>,
): RefusedResult {
  const refusal = { code, details };
  const privacy = isInUrl ? URL_KEY_HEADERS : {};
  return {
    kind: 'refused',
    refusal,
    status: challenge?.status ?? refusalStatus(refusal),
    headers: {
      ...refusalHeaders(refusal),
      ...(challenge && { 'WWW-Authenticate': challenge.header }),
      ...privacy,
    },
    async response() {
      const response = withChallenge(await render(refusal), challenge);
      for (const [name, value] of Object.entries(privacy)) response.headers.set(name, value);
      return response;
    },
  };
}
