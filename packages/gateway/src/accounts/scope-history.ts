import type { Principal, RouteDefinition, ScopeDefinitions } from '@valetkey/server';
import { type Database, lockFor, statement, type Work } from '@valetkey/sql-store/database';

/** A route that a scope allows since some time. */
interface SinceRow {
  readonly scope: string;
  readonly route: string;
  readonly since: number;
}

/** Which routes a scope allowed when a key was approved. */
export interface ScopeHistory {
  /** Returns whether the user who approved this key allowed this route. */
  isGranted(principal: Principal, routeName: string): boolean;
  /** The routes that were added to existing scopes now: `notes_read: GET /notes/:id`. */
  readonly added: readonly string[];
}

const readAll = statement('SELECT scope, route, since FROM valetkey_gateway.scope_routes');
const deleteAll = statement('DELETE FROM valetkey_gateway.scope_routes');
const insert = statement(
  'INSERT INTO valetkey_gateway.scope_routes (scope, route, since) VALUES (:scope, :route, :since)',
);

interface Definitions {
  readonly scopes: ScopeDefinitions;
  readonly routes: readonly RouteDefinition[];
}

/**
 * Stores when each scope began to allow each route. A route that is added to a scope later is granted to keys that are
 * approved from then on, so a changed configuration never gives a key more than its user allowed.
 *
 * @param now milliseconds since 1970
 */
export async function recordScopes(
  database: Pick<Database, 'transaction'>,
  definitions: Definitions,
  now: number,
): Promise<ScopeHistory> {
  const { rows, added } = await database.transaction(() => record(definitions, now));
  const routeOf = describeRoutes(definitions);
  const since = new Map(rows.map((row) => [`${row.scope} ${row.route}`, row.since]));
  return {
    added,
    isGranted({ kind, key }, routeName) {
      if (kind !== 'user_api_key') return true;
      const route = routeOf(routeName);
      return key.scopes.some((scope) => (since.get(`${scope} ${route}`) ?? Infinity) <= key.createdAt);
    },
  };
}

function* record(
  definitions: Definitions,
  now: number,
): Work<{ readonly rows: readonly SinceRow[]; readonly added: readonly string[] }> {
  yield lockFor('gateway', 'scope routes');
  const stored = (yield readAll()) as unknown as readonly SinceRow[];
  const known = new Map(stored.map(({ scope, route, since }) => [`${scope} ${route}`, since]));
  const knownScopes = new Set(stored.map(({ scope }) => scope));
  const routeOf = describeRoutes(definitions);
  const rows = new Map<string, SinceRow>();
  const added: string[] = [];
  for (const [scope, { permissions }] of Object.entries(definitions.scopes)) {
    for (const route of new Set(permissions.map(({ route: name }) => routeOf(name)))) {
      const earlier = known.get(`${scope} ${route}`);
      // No key is older than the first configuration. A scope that returns after its removal is new.
      const since = earlier ?? (stored.length === 0 ? 0 : now);
      if (earlier === undefined && knownScopes.has(scope)) added.push(`${scope}: ${route}`);
      rows.set(`${scope} ${route}`, { scope, route, since });
    }
  }
  yield deleteAll();
  for (const { scope, route, since } of rows.values()) yield insert({ scope, route, since });
  return { rows: [...rows.values()], added };
}

/** Returns the function that describes a route by method and path, which the user allowed, instead of its name. */
function describeRoutes({ routes }: Pick<Definitions, 'routes'>): (name: string) => string {
  const paths = new Map(routes.map(({ name, method, path }) => [name, `${method} ${path}`]));
  return (name) => paths.get(name) ?? name;
}
