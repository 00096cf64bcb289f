import type { AdminKeyRecord, AdminScope } from '../key/admin-key-record.ts';
import type { LocalizedText } from '../localized-text.ts';
import { isPermitted, type MatchedRoute, type Method, type RoutePermission } from './scope.ts';

/** A route that an admin scope permits. */
export interface AdminRoute {
  readonly route: string;
  readonly methods: readonly Method[];
  /**
   * Maps parameters of the scope to keys of `MatchedRoute.parameters`, such as `{ topic_id: 'id' }`. A key bound to a
   * parameter that is missing here cannot use the route.
   */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** An admin scope: its description for users and its routes. */
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

/** Returns the parameters of this scope that a key can be bound to. */
export function adminScopeParameters({ routes }: AdminScopeDefinition): string[] {
  return [...new Set(routes.flatMap(({ parameters = {} }) => Object.keys(parameters)))];
}

/** Returns the permissions of an admin key, in the form that the verifier uses. */
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

/** Null if the scope is bound to a parameter that the route does not have, because it could not be checked. */
function bind({ route, methods, parameters = {} }: AdminRoute, scope: AdminScope): RoutePermission | null {
  const bound: Record<string, readonly string[]> = {};
  for (const [name, values] of Object.entries(scope.parameters)) {
    const nameInRoute = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (nameInRoute === undefined) return null;
    bound[nameInRoute] = values;
  }
  return { route, methods, parameters: bound };
}

/** Returns the scopes that permit this route to a key without bound parameters. */
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
