import type { ErrorCode, ErrorDetails } from '@valetkey/protocol';
import type { MatchedRoute, Principal, Refusal } from '@valetkey/server';
import { findPathAmbiguity } from '../path/find-path-ambiguity.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Head } from './node-request.ts';
import { refusalResponse } from './send-response.ts';

/** What to do with a request to the service. */
export type Decision =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'key';
      readonly principal: Principal;
      readonly route: MatchedRoute;
      /** For the response: the remaining limits. */
      readonly headers: Readonly<Record<string, string>>;
    }
  | RefusedDecision;

/** A request that must not reach the service. */
export interface RefusedDecision {
  readonly kind: 'refused';
  readonly refusal: Refusal;
  response(): Promise<Response>;
}

/** No scope has a permission for this name. */
const NO_ROUTE: MatchedRoute = { name: '(no route)' };

/** Decides by the key of a request and the route of its path. A key is denied on a path without a route. */
export async function decideRequest(
  head: Head,
  clientAddress: string,
  { matchRoute, valetkey }: Runtime,
): Promise<Decision> {
  const route = matchRoute(head) ?? NO_ROUTE;
  const result = await valetkey.authorize(head, route, { ipAddress: clientAddress });
  if (result.kind !== 'key') return result;
  // An admin key may have every permission, but the routes of the configuration are all that keys can reach.
  if (route === NO_ROUTE) return refuse('scope_insufficient', { required_scopes: [] });
  const { principal, headers } = result;
  return { kind: 'key', principal, route, headers };
}

/** Returns the refusal of a path that proxies and services may read differently; null for any other. */
export function decidePath(
  url: string,
  rules: { readonly allowsSemicolons: boolean },
): RefusedDecision | null {
  const ambiguity = findPathAmbiguity(url, rules);
  return ambiguity === null ? null : refuse('path_ambiguous', { ambiguity });
}

/** Returns a refusal of the gateway itself, as JSON. */
export const refuse = (code: ErrorCode, details: ErrorDetails = {}): RefusedDecision => ({
  kind: 'refused',
  refusal: { code, details },
  response: async () => refusalResponse({ code, details }),
});
