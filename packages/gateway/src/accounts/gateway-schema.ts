import type { Schema } from '@valetkey/sql-store/database';

/** The tables of the gateway beside those of the keys. */
export const gatewaySchema: Schema = {
  name: 'valetkey_gateway',
  migrations: [
    // The first versions had these tables without a number.
    `CREATE TABLE IF NOT EXISTS users (
       id TEXT PRIMARY KEY,
       username TEXT NOT NULL,
       account TEXT NOT NULL
     ) STRICT;
     CREATE INDEX IF NOT EXISTS users_by_name ON users (username);
     CREATE TABLE IF NOT EXISTS scope_routes (
       scope TEXT NOT NULL,
       route TEXT NOT NULL,
       since INTEGER NOT NULL,
       PRIMARY KEY (scope, route)
     ) STRICT;
     ALTER TABLE users ADD COLUMN saved_at INTEGER NOT NULL DEFAULT 0;
     -- Whether the change feed has this state of the account.
     ALTER TABLE users ADD COLUMN is_published INTEGER NOT NULL DEFAULT 1;`,
    `CREATE TABLE ended_sessions (id TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) STRICT;
     CREATE INDEX ended_sessions_by_expiry ON ended_sessions (expires_at);`,
  ],
};
