import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ChangeFeed, createInProcessChangeFeed, type Store } from '@valetkey/server';
import type { Database } from '@valetkey/sql-store/database';
import { createSqliteStore, openSqliteDatabase } from '@valetkey/sql-store/sqlite';
import { gatewaySchema } from '../accounts/gateway-schema.ts';
import type { StoreConfig } from '../config/gateway-config.ts';

/** The store of keys, the gateway's own tables, and the feed that keeps the nodes up to date. */
export interface Databases {
  readonly store: Store;
  readonly database: Database;
  readonly changeFeed: ChangeFeed;
  close(): Promise<void>;
}

/**
 * Opens the databases, and brings their schemas up to date.
 *
 * @throws StoreInUseError if another process uses the folder
 * @throws ValetkeyError `store_unavailable` if PostgreSQL cannot be reached
 */
export const openDatabases = (config: StoreConfig): Databases | Promise<Databases> =>
  config.kind === 'sqlite' ? openSqlite(config.folder) : openPostgres(config.url);

function openSqlite(folder: string): Databases {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // First, because it refuses a folder that another process uses.
  const store = createSqliteStore({ path: join(folder, 'valetkey.sqlite') });
  const database = openSqliteDatabase({ path: join(folder, 'users.sqlite'), schema: gatewaySchema });
  return {
    store,
    database,
    changeFeed: createInProcessChangeFeed(),
    async close() {
      await database.close();
      await store.close();
    },
  };
}

/** The driver is loaded only for PostgreSQL. */
async function openPostgres(url: string): Promise<Databases> {
  const { createPostgresPool, openPostgresDatabase, openPostgresStore } = await import(
    '@valetkey/sql-store/postgres'
  );
  const pool = createPostgresPool({ url });
  try {
    const database = await openPostgresDatabase({ pool, schema: gatewaySchema });
    const store = await openPostgresStore({ pool });
    return {
      store,
      database,
      changeFeed: store.changeFeed,
      async close() {
        await store.close();
        await pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}
