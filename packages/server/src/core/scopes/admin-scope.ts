import type { AdminKeyRecord, AdminScope } from '../key/admin-key-record.ts';
import type { LocalizedText } from '../localized-text.ts';
import { isPermitted, type MatchedRoute, type Method, type RoutePermission } from './scope.ts';

/** A route that an admin scope opens. */
export interface AdminRoute {
  readonly route: string;
  readonly methods: readonly Method[];
  /**
   * What the scope's parameters are called in `MatchedRoute.parameters` of this route, such as `{ topic_id: 'id' }`.
   * A key that is bound to a parameter which is not named here cannot use the route.
   */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** What one scope of admin keys is called for people, and what it opens. */
export interface AdminScopeDefinition {
  readonly sentence: LocalizedText;
  readonly routes: readonly AdminRoute[];
}

/** The scopes of granular admin keys, by `resource:action`. */
export type AdminScopeDefinitions = Readonly<Record<string, AdminScopeDefinition>>;

const EVERYTHING: readonly RoutePermission[] = [
  { route: '*', methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] },
];
const READING: readonly RoutePermission[] = [{ route: '*', methods: ['GET'] }];

/** The names that a key may bind values to in this scope. */
export function adminScopeParameters({ routes }: AdminScopeDefinition): string[] {
  return [...new Set(routes.flatMap(({ parameters = {} }) => Object.keys(parameters)))];
}

/** Everything that this admin key may do, in the terms of the judge. */
export function adminPermissionsOf(
  { scopeMode, scopes }: Pick<AdminKeyRecord, 'scopeMode' | 'scopes'>,
  definitions: AdminScopeDefinitions,
): readonly RoutePermission[] {
  if (scopeMode === 'global') return EVERYTHING;
  if (scopeMode === 'read_only') return READING;
  return scopes.flatMap((scope) => {
    const routes = Object.hasOwn(definitions, scope.scopeId) ? definitions[scope.scopeId]?.routes : [];
    return (routes ?? []).flatMap((route) => bind(route, scope) ?? []);
  });
}

/** Null where the scope is bound to something that the route does not have: nothing of it could be checked there. */
function bind({ route, methods, parameters = {} }: AdminRoute, scope: AdminScope): RoutePermission | null {
  const bound: Record<string, readonly string[]> = {};
  for (const [name, values] of Object.entries(scope.parameters)) {
    const nameInRoute = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (nameInRoute === undefined) return null;
    bound[nameInRoute] = values;
  }
  return { route, methods, parameters: bound };
}

/** The scopes that open this route to a key that is bound to nothing. */
export function adminScopesThatPermit(
  definitions: AdminScopeDefinitions,
  method: string,
  route: MatchedRoute,
): string[] {
  return Object.keys(definitions).filter((scopeId) => {
    const scopes = [{ scopeId, parameters: {} }];
    return isPermitted(
      adminPermissionsOf({ scopeMode: 'granular', scopes }, definitions),
      method,
      route,
      null,
    );
  });
}
