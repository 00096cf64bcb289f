import type { Change, ChangeFeed } from '@valetkey/server';
import pg from 'pg';
import type { Work } from '../database/statement.ts';
import { valetkeySchema } from '../schema/migrations.ts';
import { recordChanges } from '../stores/changes.ts';
import { createStore, type SqlStore } from '../stores/create-store.ts';
import { READ_TIMEOUT_MS } from './change-connection.ts';
import { migratePostgres } from './migrate-postgres.ts';
import { createPostgresPool, type PostgresPoolOptions } from './open-postgres-database.ts';
import { createPostgresChangeFeed } from './postgres-change-feed.ts';
import { createPostgresDatabase } from './postgres-database.ts';
import { requireCurrentSchema } from './require-current-schema.ts';

export {
  createPostgresPool,
  openPostgresDatabase,
  type PostgresDatabaseOptions,
  type PostgresPoolOptions,
} from './open-postgres-database.ts';
export { PostgresError } from './postgres-errors.ts';

/**
 * Returns a `Work` that tells all nodes that a user has changed. Yield it last in the transaction that changes the user, in
 * the same database: a crash then stores both or none. `valetkey.userChanged` does the same after a change elsewhere.
 */
export const recordUserChange = (userId: string): Work<void> => recordChanges('user', [userId]);

/** Where the database is. */
export type PostgresStoreOptions = {
  /**
   * The primary server without pgbouncer, for one connection that waits for changes. Without it, a node behind pgbouncer in
   * transaction mode can receive changes up to 500 ms late. @default `url`, or the server of `pool`
   */
  readonly listenUrl?: string;
  /** If false, an older schema causes an error and is not migrated. Tools for operators use this. @default true */
  readonly migrates?: boolean;
} & (
  | PostgresPoolOptions
  | {
      /** A pool that your code creates and closes. */
      readonly pool: pg.Pool;
    }
);

/** The store with its feed, which `createValetkey` uses by default. */
export interface PostgresStore extends SqlStore {
  readonly changeFeed: ChangeFeed;
}

/** The kinds of changes that a store records. A change of a user is the site's. */
const RECORDED: ReadonlySet<Change['kind']> = new Set(['key', 'admin_key', 'setting', 'client', 'block']);

/**
 * Opens the store in PostgreSQL 13 or later, for a site with any number of processes. Creates the schema `valetkey` in
 * the database, or migrates an older one; several nodes can start at the same time. Other tables of the database are not touched.
 *
 * Methods throw `ValetkeyError` `store_unavailable` if the server cannot be reached, is read-only, or takes longer than
 * five seconds. Each node learns of changes by the feed within some milliseconds. It rejects requests two seconds after the feed was cut off. No message contains the password. If the connection fails during a commit, the change may be stored.
 *
 * @throws ValetkeyError `store_unavailable`, with the reason as its cause
 * @throws Error if a newer version of Valetkey has migrated the database
 * @example
 * ```ts
 * const store = await openPostgresStore({ url: 'postgres://valetkey@db.example/forum' });
 * ```
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<PostgresStore> {
  const owned = 'url' in options ? createPostgresPool(options) : null;
  const pool = owned ?? (options as { readonly pool: pg.Pool }).pool;
  const database = createPostgresDatabase(pool);
  try {
    await (options.migrates === false
      ? requireCurrentSchema(database)
      : migratePostgres(database, valetkeySchema));
  } catch (error) {
    await owned?.end();
    throw error;
  }
  const changeFeed = createPostgresChangeFeed({
    database,
    createClient: () => new pg.Client(clientOptions(pool, options.listenUrl)),
    recorded: RECORDED,
    monotonicNow: () => performance.now(),
    wallNow: Date.now,
  });
  async function close(): Promise<void> {
    await changeFeed.close();
    await owned?.end();
  }
  return { ...createStore({ ...database, close }), changeFeed };
}

const clientOptions = ({ options }: pg.Pool, listenUrl: string | undefined): pg.ClientConfig => ({
  ...options,
  ...(listenUrl !== undefined && { connectionString: listenUrl }),
  connectionTimeoutMillis: READ_TIMEOUT_MS,
  keepAlive: true,
});
