import type { ErrorCode, ErrorDetails } from '@valetkey/protocol';
import { chain, type MaybePromise } from '../../core/maybe-promise.ts';
import type { Refusal } from '../../core/refusal.ts';
import { findPathAmbiguity, type PathRules } from '../../core/routes/find-path-ambiguity.ts';
import type { RouteMatcher } from '../../core/routes/route-matcher.ts';
import type { MatchedRoute } from '../../core/scopes/scope.ts';
import type { Principal } from '../../verify/verify-result.ts';
import type { AuthorizeResult } from '../authorize.ts';
import { refusalResponse } from '../render-refusal.ts';
import type { RequestHead } from '../request-head.ts';

/** What a proxy does with a request to the service behind it. */
export type ForwardDecision =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'key';
      readonly principal: Principal;
      readonly route: MatchedRoute;
      /** For the response: the remaining limits. */
      readonly headers: Readonly<Record<string, string>>;
    }
  | RefusedForward;

/** A request that must not reach the service. */
export interface RefusedForward {
  readonly kind: 'refused';
  readonly refusal: Refusal;
  response(): Promise<Response>;
}

/** The parts of a site that decide about its requests. */
export interface ForwardParts {
  readonly valetkey: {
    authorize(
      request: RequestHead,
      route: MatchedRoute,
      context: { readonly ipAddress: string },
    ): MaybePromise<AuthorizeResult>;
  };
  readonly matchRoute: RouteMatcher;
  /** Returns whether a key may use a route that its scopes allow. @default always */
  readonly isGranted?: ((principal: Principal, routeName: string) => boolean) | undefined;
}

/** No scope has a permission for this name. */
const NO_ROUTE: MatchedRoute = { name: '(no route)' };

/**
 * Decides whether a request may reach a service that does not verify keys itself, by its key and the route of its path.
 * A key is denied on a path without a route; a request without a key is `anonymous` everywhere. Returns no promise if
 * everything is in memory.
 *
 * @param ipAddress of the client
 */
export function decideForwarded(
  head: RequestHead,
  ipAddress: string,
  { valetkey, matchRoute, isGranted }: ForwardParts,
): MaybePromise<ForwardDecision> {
  const route = matchRoute(head) ?? NO_ROUTE;
  const result = valetkey.authorize(head, route, { ipAddress });
  return chain(result, (authorized) => decideRoute(authorized, route, isGranted));
}

function decideRoute(
  result: AuthorizeResult,
  route: MatchedRoute,
  isGranted: ForwardParts['isGranted'],
): ForwardDecision {
  if (result.kind !== 'key') return result;
  // An admin key may have every permission, but the listed routes are all that keys can reach.
  if (route === NO_ROUTE) return refuseForward('scope_insufficient', { required_scopes: [] });
  const { principal, headers } = result;
  if (isGranted?.(principal, route.name) === false) {
    // A key with the same scopes that is approved now has it.
    return refuseForward('scope_insufficient', { required_scopes: principal.key.scopes.map(String) });
  }
  return { kind: 'key', principal, route, headers };
}

/** Returns the refusal of a path that programs may read differently; null for any other. */
export function decidePath(target: string, rules: PathRules): RefusedForward | null {
  const ambiguity = findPathAmbiguity(target, rules);
  return ambiguity === null ? null : refuseForward('path_ambiguous', { ambiguity });
}

/** Returns a refusal of the proxy itself, as JSON. */
export const refuseForward = (code: ErrorCode, details: ErrorDetails = {}): RefusedForward => ({
  kind: 'refused',
  refusal: { code, details },
  response: async () => refusalResponse({ code, details }),
});
