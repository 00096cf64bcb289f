import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '@valetkey/server';
import type { Database, Work } from '@valetkey/sql-store/database';
import { createSqliteStore, openSqliteDatabase, StoreInUseError } from '@valetkey/sql-store/sqlite';
import { forumSchema } from './forum-schema.ts';

/** Where a forum keeps its data. */
export interface DatabaseOptions {
  /**
   * Folder of the two SQLite databases and of the secret that seals signing keys, created if missing; null keeps them in
   * memory. The forums of one site share the secret.
   */
  readonly dataDir: string | null;
  /**
   * `postgres://user:password@host/database`: keeps the data in PostgreSQL, which several forums of one site can share.
   * @default SQLite
   */
  readonly databaseUrl?: string | undefined;
  /** Stores keys; closed with the forum. @default in the same database */
  readonly store?: Store | undefined;
}

/** The store of keys, and the forum's own tables. */
export interface Databases {
  readonly store: Store;
  readonly database: Database;
  /** Records a change of a user for other nodes, in the transaction of the change. Nothing on SQLite, which has one node. */
  recordUserChange(id: number): Work<void>;
  /** Closes the forum's own tables. `createValetkey` closes the store. */
  close(): Promise<void>;
}

/** Opens the databases, and brings their schemas up to date. @throws Error if they cannot be opened */
export async function openDatabases(options: DatabaseOptions): Promise<Databases> {
  const { dataDir, databaseUrl } = options;
  if (dataDir !== null) mkdirSync(dataDir, { recursive: true });
  return databaseUrl === undefined ? openSqlite(options) : openPostgres(options, databaseUrl);
}

function openSqlite({ dataDir, store }: DatabaseOptions): Databases {
  const fileNamed = (name: string) => (dataDir === null ? ':memory:' : join(dataDir, name));
  // First, because it refuses a data folder that another process uses.
  const opened = store ?? openStore(fileNamed('valetkey.sqlite'));
  const database = openSqliteDatabase({ path: fileNamed('forum.sqlite'), schema: forumSchema });
  return { store: opened, database, *recordUserChange() {}, close: () => database.close() };
}

/** Store and tables share the connections. The driver is loaded only for PostgreSQL. */
async function openPostgres({ store }: DatabaseOptions, url: string): Promise<Databases> {
  const { createPostgresPool, openPostgresDatabase, openPostgresStore, recordUserChange } = await import(
    '@valetkey/sql-store/postgres'
  );
  const pool = createPostgresPool({ url });
  try {
    const database = await openPostgresDatabase({ pool, schema: forumSchema });
    return {
      store: store ?? (await openPostgresStore({ pool })),
      database,
      recordUserChange: (id) => recordUserChange(String(id)),
      close: () => pool.end(),
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** @throws Error with a sentence if another process uses the data folder */
function openStore(path: string): Store {
  try {
    return createSqliteStore({ path });
  } catch (error) {
    if (!(error instanceof StoreInUseError)) throw error;
    throw new Error(
      'Another forum is using this data folder. Stop it, or choose another folder with --data.',
      { cause: error },
    );
  }
}
