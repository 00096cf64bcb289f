import type { DatabaseSync } from 'node:sqlite';
import { migrations } from './migrations.ts';

/** The longest that one statement waits for a lock of another program. All HTTP requests wait with it. */
const BUSY_TIMEOUT_MS = 100;

/**
 * Prepares a connection, and brings the schema up to date. WAL with `synchronous=FULL` makes a commit durable, also
 * across `kill -9` and a power failure. `secure_delete` overwrites deleted content in the database file.
 */
export function prepareDatabase(database: DatabaseSync): void {
  // The start may wait longer: no HTTP request waits for it.
  database.exec(
    'PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON',
  );
  migrate(database);
  database.exec(`PRAGMA busy_timeout=${BUSY_TIMEOUT_MS}`);
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

/** Runs the work in a transaction. IMMEDIATE takes the write lock first, so that nothing changes between read and write. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** On a full disk SQLite ends the transaction itself. Node 22.13 cannot tell, and a failing ROLLBACK would hide the cause. */
function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // No transaction is open.
  }
}
