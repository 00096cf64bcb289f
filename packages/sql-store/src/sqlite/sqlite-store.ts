import { DatabaseSync } from 'node:sqlite';
import type { Store } from '@valetkey/server';
import { lockDatabase } from './lock-database.ts';
import { prepareDatabase } from './open-database.ts';
import { createSqliteAdminKeys } from './sqlite-admin-keys.ts';
import { createSqliteAudit } from './sqlite-audit.ts';
import { createSqliteClients } from './sqlite-clients.ts';
import { createSqliteGrants } from './sqlite-grants.ts';
import { createKeyReplacement, createSqliteKeys } from './sqlite-keys.ts';
import { createSqliteOneTimePasswords } from './sqlite-one-time-passwords.ts';
import { createSqlitePersonalKeys } from './sqlite-personal-keys.ts';
import { createSqlitePushes } from './sqlite-pushes.ts';
import { createSqliteSettings } from './sqlite-settings.ts';
import { withStoreErrors } from './store-errors.ts';

export { type BackUpSqliteOptions, BackupError, type BackupFailure, backUpSqlite } from './back-up-sqlite.ts';
export { StoreInUseError } from './lock-database.ts';

/** Where the store keeps its data. */
export interface SqliteStoreOptions {
  /** File on a local disk, created if missing; `:memory:` for a database that ends with the process. */
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
export function createSqliteStore({ path, exclusive = true }: SqliteStoreOptions): Store {
  const database = new DatabaseSync(path);
  let unlock = () => {};
  try {
    if (exclusive) unlock = lockDatabase(database);
    prepareDatabase(database);
    return createStore(database, unlock);
  } catch (error) {
    database.close();
    unlock();
    throw error;
  }
}

function createStore(database: DatabaseSync, unlock: () => void): Store {
  const replaceKey = createKeyReplacement(database);
  return withStoreErrors<Store>({
    ...createSqliteKeys(database, replaceKey),
    ...createSqlitePersonalKeys(database),
    ...createSqliteAdminKeys(database),
    ...createSqliteAudit(database),
    ...createSqliteClients(database),
    ...createSqliteGrants(database, replaceKey),
    ...createSqliteOneTimePasswords(database),
    ...createSqlitePushes(database),
    ...createSqliteSettings(database),
    async close() {
      database.close();
      unlock();
    },
  });
}
