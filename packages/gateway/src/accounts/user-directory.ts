import { DatabaseSync } from 'node:sqlite';
import type { RouteDefinition, ScopeDefinitions, SiteUser } from '@valetkey/server';
import { type Account, toSiteUser } from './accounts.ts';
import { recordScopes, type ScopeHistory } from './scope-history.ts';

/** The accounts that have signed in, because each request with a key needs its user. */
export interface UserDirectory {
  find(id: string): SiteUser | null;
  findByUsername(username: string): SiteUser | null;
  /** Stores what the source said last; returns whether anything changed. */
  save(account: Account): boolean;
  /** Increases with each change of any user. */
  revision(): number;
  /** Stores which routes the scopes of a configuration open. */
  recordScopes(scopes: ScopeDefinitions, routes: readonly RouteDefinition[], now: number): ScopeHistory;
  close(): void;
}

/**
 * Opens the directory in a SQLite file, and keeps the users that are asked for in memory.
 *
 * @param path of the file; `:memory:` for one that ends with the process
 */
export function createUserDirectory(path: string): UserDirectory {
  const database = new DatabaseSync(path);
  database.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS users (id TEXT PRIMARY KEY, username TEXT NOT NULL, account TEXT NOT NULL) STRICT;
    CREATE INDEX IF NOT EXISTS users_by_name ON users (username);
  `);
  const byId = database.prepare('SELECT account FROM users WHERE id = ?');
  const byName = database.prepare('SELECT account FROM users WHERE username = ? ORDER BY rowid DESC LIMIT 1');
  const upsert = database.prepare(
    'INSERT INTO users (id, username, account) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET username = excluded.username, account = excluded.account',
  );
  let revision = 1;
  const read = (row: unknown): SiteUser | null =>
    row === undefined ? null : toSiteUser(JSON.parse((row as { account: string }).account) as Account);

  return {
    find: (id) => read(byId.get(id)),
    findByUsername: (username) => read(byName.get(username)),
    save(account) {
      const text = JSON.stringify(account);
      if ((byId.get(account.id) as { account: string } | undefined)?.account === text) return false;
      upsert.run(account.id, account.username, text);
      revision += 1;
      return true;
    },
    revision: () => revision,
    recordScopes: (scopes, routes, now) => recordScopes(database, scopes, routes, now),
    close: () => database.close(),
  };
}
