import type { MatchedRoute } from '../core/scopes/scope.ts';

/** A route as scopes name it, such as `photos#show` or `/photos/:id`; with a format if the site has several. */
export type RouteName = string | Pick<MatchedRoute, 'name' | 'format'>;

/**
 * The values of a route's parameters, by the names that scopes use. Keys can be bound to certain values. A value that
 * is not a string matches no such key.
 */
export type RouteParameters = Readonly<Record<string, unknown>>;

/**
 * Returns the route in the form that the verifier expects.
 *
 * @throws Error if the route has no name
 */
export function toMatchedRoute(route: RouteName, parameters: RouteParameters): MatchedRoute {
  const name = typeof route === 'string' ? route : route.name;
  if (!name) throw new Error('The guard of a route needs the name of the route, such as photos#show.');
  // The verifier compares strings only, so that all other values match nothing.
  const texts = parameters as Readonly<Record<string, string>>;
  return typeof route === 'string' ? { name, parameters: texts } : { ...route, parameters: texts };
}
