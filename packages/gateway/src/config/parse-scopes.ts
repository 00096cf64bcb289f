import {
  createRouteMatcher,
  defineScopes,
  type Method,
  type RouteDefinition,
  type ScopeDefinition,
} from '@valetkey/server';
import type { YamlValue } from './yaml-value.ts';

const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const SCOPE_FIELDS = ['sentence', 'dangerous', 'in_url', 'routes'];

/** The scopes of a configuration, and the routes that they name. */
export interface ParsedScopes {
  readonly scopes: Readonly<Record<string, ScopeDefinition>>;
  readonly routes: readonly RouteDefinition[];
}

/** Returns the scopes of a map such as `notes_read: { sentence: Read your notes, routes: [GET /api/notes] }`. */
export function parseScopes(value: YamlValue): ParsedScopes {
  const scopes: Record<string, ScopeDefinition> = {};
  const routes = new Map<string, RouteDefinition>();
  for (const [name, field] of value.fields()) {
    const fields = field.fields(SCOPE_FIELDS);
    const named = require(fields, 'routes', field)
      .list()
      .map((route) => parseRoute(route, routes));
    const isAllowedInUrl = fields.get('in_url')?.boolean() ?? false;
    const scope: ScopeDefinition = {
      sentence: require(fields, 'sentence', field).text(),
      isDangerous: fields.get('dangerous')?.boolean() ?? false,
      permissions: named.map(({ path, name = path, method }) => ({
        route: name,
        methods: [method],
        isAllowedInUrl,
      })),
    };
    checkScope(name, scope, field);
    scopes[name] = scope;
  }
  if (routes.size === 0) value.fail('No scope opens a route.', 'Add at least one scope with routes.');
  checkRoutes([...routes.values()], value);
  return { scopes, routes: [...routes.values()] };
}

function require(fields: Map<string, YamlValue>, name: string, owner: YamlValue): YamlValue {
  return fields.get(name) ?? owner.fail(`${owner.path}.${name} is missing.`, `Add ${name} to this scope.`);
}

/** Returns the route of `GET /notes/:id`, one object for each method and path. */
function parseRoute(value: YamlValue, routes: Map<string, RouteDefinition>): RouteDefinition {
  const [, method = '', path = ''] = /^([A-Z]+) +(\/\S*)$/.exec(value.text()) ?? [];
  if (!METHODS.includes(method)) {
    value.fail(
      'This is not a route.',
      `Write a method of ${METHODS.join(', ')} and a path, such as GET /notes/:id.`,
    );
  }
  const name = `${method.toLowerCase()}:${path}`;
  const route = routes.get(name) ?? { name, method: method as Method, path };
  if (!routes.has(name)) checkRoutes([route], value);
  routes.set(name, route);
  return route;
}

function checkScope(name: string, scope: ScopeDefinition, value: YamlValue): void {
  try {
    defineScopes({ [name]: scope });
  } catch (error) {
    value.fail((error as Error).message, 'Correct the scope.');
  }
}

function checkRoutes(routes: readonly RouteDefinition[], value: YamlValue): void {
  try {
    createRouteMatcher(routes);
  } catch (error) {
    value.fail((error as Error).message, 'Use one path for each route; a part such as :id is a parameter.');
  }
}
