import { DatabaseSync } from 'node:sqlite';
import { valetkeySchema } from '../schema/migrations.ts';
import { createStore, type SqlStore } from '../stores/create-store.ts';
import { createPrivateFile } from './create-private-file.ts';
import { lockDatabase } from './lock-database.ts';
import { createSqliteDatabase, prepareConnection } from './sqlite-database.ts';

export type { SqlStore } from '../stores/create-store.ts';
export type { UserErasure } from '../stores/erase-user.ts';
export {
  type BackUpSqliteOptions,
  BackupError,
  type BackupFailure,
  backUpSqlite,
  checkSqlite,
} from './back-up-sqlite.ts';
export { StoreInUseError } from './lock-database.ts';
export { openSqliteDatabase, type SqliteDatabaseOptions } from './open-sqlite-database.ts';
export { readSqliteSchema } from './read-sqlite-schema.ts';
export { type RestoreSqliteOptions, restoreSqlite } from './restore-sqlite.ts';

/** Where the store keeps its data. */
export interface SqliteStoreOptions {
  /** File on a local disk, created for its owner alone if missing; `:memory:` for a database that ends with the process. */
  readonly path: string;
  /**
   * False opens a database that another store uses, and takes no lock. For tests and tools only: a process keeps keys in
   * memory, so a key that one process revokes stays valid in the other. @default true
   */
  readonly exclusive?: boolean;
}

/**
 * Opens the store in one SQLite file, for a site that is one process. Each commit is durable. Other programs may
 * read the database. Use `backUpSqlite` for a backup, because a copy of the file is incomplete. If another program locks
 * it for longer than 100 ms, methods throw `ValetkeyError` `store_unavailable`.
 *
 * @throws StoreInUseError if another process uses the database (docs/decisions/0020)
 */
export function createSqliteStore({ path, exclusive = true }: SqliteStoreOptions): SqlStore {
  createPrivateFile(path);
  const connection = new DatabaseSync(path);
  let unlock = () => {};
  try {
    if (exclusive) unlock = lockDatabase(connection);
    prepareConnection(connection, valetkeySchema);
    return createStore(createSqliteDatabase(connection, valetkeySchema, unlock));
  } catch (error) {
    connection.close();
    unlock();
    throw error;
  }
}
