import { DatabaseSync } from 'node:sqlite';
import type { Database } from '../database/database.ts';
import type { Schema } from '../database/schema.ts';
import { createPrivateFile } from './create-private-file.ts';
import { createSqliteDatabase, prepareConnection } from './sqlite-database.ts';

/** The tables of a site, and their file. */
export interface SqliteDatabaseOptions {
  /** File on a local disk, created for its owner alone if missing; `:memory:` for a database that ends with the process. */
  readonly path: string;
  readonly schema: Schema;
}

/**
 * Opens a database for a site's own tables, and brings its schema up to date. It takes no lock: open the store first,
 * whose lock stops a second process of the site.
 *
 * @throws Error if a newer version of the program has migrated the database
 */
export function openSqliteDatabase({ path, schema }: SqliteDatabaseOptions): Database {
  createPrivateFile(path);
  const connection = new DatabaseSync(path);
  try {
    prepareConnection(connection, schema);
    return createSqliteDatabase(connection, schema);
  } catch (error) {
    connection.close();
    throw error;
  }
}
