import type { DatabaseSync } from 'node:sqlite';
import type { Principal, RouteDefinition, ScopeDefinitions } from '@valetkey/server';

/** A route that a scope opens since some time. */
interface SinceRow {
  readonly scope: string;
  readonly route: string;
  readonly since: number;
}

/** Which routes a scope opened when a key was approved. */
export interface ScopeHistory {
  /** Returns whether the user who approved this key allowed this route. */
  isGranted(principal: Principal, routeName: string): boolean;
  /** The routes that were added to existing scopes now: `notes_read: GET /notes/:id`. */
  readonly added: readonly string[];
}

/**
 * Stores when each scope began to open each route. A route that is added to a scope later is granted to keys that are
 * approved from then on, so a changed configuration never gives a key more than its user allowed.
 *
 * @param now milliseconds since 1970
 */
export function recordScopes(
  database: DatabaseSync,
  scopes: ScopeDefinitions,
  routes: readonly RouteDefinition[],
  now: number,
): ScopeHistory {
  database.exec(
    'CREATE TABLE IF NOT EXISTS scope_routes (scope TEXT, route TEXT, since INTEGER NOT NULL, PRIMARY KEY (scope, route)) STRICT',
  );
  const known = database
    .prepare('SELECT scope, route, since FROM scope_routes')
    .all() as unknown as SinceRow[];
  const knownSince = new Map(known.map(({ scope, route, since }) => [`${scope} ${route}`, since]));
  const knownScopes = new Set(known.map(({ scope }) => scope));
  const paths = new Map(routes.map(({ name, method, path }) => [name, `${method} ${path}`]));
  const sinceByName = new Map<string, Map<string, number>>();
  const current: SinceRow[] = [];
  const added: string[] = [];
  for (const [scope, { permissions }] of Object.entries(scopes)) {
    const sinceOf = new Map<string, number>();
    for (const { route: name } of permissions) {
      const route = paths.get(name) ?? name;
      const since = knownSince.get(`${scope} ${route}`) ?? (knownScopes.has(scope) ? now : 0);
      if (since === now) added.push(`${scope}: ${route}`);
      sinceOf.set(name, since);
      current.push({ scope, route, since });
    }
    sinceByName.set(scope, sinceOf);
  }
  replaceRows(database, current);
  return {
    added,
    isGranted({ kind, key }, routeName) {
      if (kind !== 'user_api_key') return true;
      return key.scopes.some((scope) => {
        const since = sinceByName.get(scope)?.get(routeName);
        return since !== undefined && since <= key.createdAt;
      });
    },
  };
}

function replaceRows(database: DatabaseSync, rows: readonly SinceRow[]): void {
  const insert = database.prepare('INSERT INTO scope_routes (scope, route, since) VALUES (?, ?, ?)');
  database.exec('BEGIN IMMEDIATE; DELETE FROM scope_routes');
  for (const { scope, route, since } of rows) insert.run(scope, route, since);
  database.exec('COMMIT');
}
