import { DatabaseSync } from 'node:sqlite';
import { migrations } from './migrations.ts';

/**
 * Opens (or creates) the file and brings its schema up to date. WAL with `synchronous=FULL`: what a COMMIT has
 * answered survives `kill -9` and a power cut. `secure_delete` overwrites what is deleted: a nonce has its ten minutes.
 */
export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  database.exec(
    'PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON',
  );
  migrate(database);
  return database;
}

function migrate(database: DatabaseSync): void {
  inTransaction(database, () => {
    const { user_version: applied } = database.prepare('PRAGMA user_version').get() as {
      user_version: number;
    };
    if (applied > migrations.length) {
      throw new Error(
        'This database was written by a newer version of Valetkey. Update the program, then start again.',
      );
    }
    for (const migration of migrations.slice(applied)) database.exec(migration);
    // A PRAGMA takes no bound parameters; the number is ours.
    database.exec(`PRAGMA user_version=${migrations.length}`);
  });
}

/** IMMEDIATE takes the write lock first, so that nobody changes what the work reads before it writes. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk has ended it already; what is thrown then has to be that, and not that there is nothing to end.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
