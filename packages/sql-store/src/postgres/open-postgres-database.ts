import pg from 'pg';
import type { Database } from '../database/database.ts';
import type { Schema } from '../database/schema.ts';
import { migratePostgres } from './migrate-postgres.ts';
import { createPostgresDatabase } from './postgres-database.ts';

/** How long a method waits for a connection of the pool. */
const CONNECTION_TIMEOUT_MS = 5_000;

/** A server, and how many connections to it. */
export interface PostgresPoolOptions {
  /** `postgres://user:password@host:5432/database`. pgbouncer in transaction mode may be in between. */
  readonly url: string;
  /** The maximum number of connections of this process. @default 10 */
  readonly poolSize?: number;
}

/** Creates the connections of a process, which its store and its own tables can share. */
export const createPostgresPool = ({ url, poolSize = 10 }: PostgresPoolOptions): pg.Pool =>
  new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    keepAlive: true,
  });

/** The tables of a site, and the connections to their database. */
export interface PostgresDatabaseOptions {
  /** Closed by the caller. */
  readonly pool: pg.Pool;
  readonly schema: Schema;
}

/**
 * Opens a database for a site's own tables. Creates their schema in PostgreSQL, or brings it up to date. Several
 * nodes can start at the same time. The errors are those of `openPostgresStore`.
 *
 * @throws ValetkeyError `store_unavailable`, with the reason as its cause
 * @throws Error if a newer version of the program has migrated the database
 */
export async function openPostgresDatabase({ pool, schema }: PostgresDatabaseOptions): Promise<Database> {
  const database = createPostgresDatabase(pool);
  await migratePostgres(database, schema);
  return { ...database, close: async () => {} };
}
