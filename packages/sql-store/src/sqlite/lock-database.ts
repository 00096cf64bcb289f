import { DatabaseSync } from 'node:sqlite';
import { createPrivateFile } from './create-private-file.ts';
import { hasResultCode, SQLITE_BUSY } from './store-errors.ts';

/** Thrown at start when another process uses the database. */
export class StoreInUseError extends Error {
  override readonly name = 'StoreInUseError';
  readonly code = 'store_in_use';

  constructor(file: string) {
    super(
      `Another process uses the database ${file}. Stop that process first, or choose another file for this one.`,
    );
  }
}

/**
 * Locks a database for this process, and returns a function that unlocks it. The lock is an exclusive transaction on the
 * empty database `<file>.lock` beside it, which no other program opens: backups can read the database itself. The
 * operating system releases the lock when the process ends, also after `kill -9`, so it is never stale.
 *
 * @throws StoreInUseError if another process, or another store in this one, holds the lock
 */
export function lockDatabase(database: DatabaseSync): () => void {
  // SQLite resolves symbolic links here. Empty for a database in memory.
  const file = String(database.prepare('PRAGMA database_list').get()?.file ?? '');
  if (file === '') return () => {};
  // Another user of the computer could lock a file that they can read.
  createPrivateFile(`${file}.lock`);
  const lock = new DatabaseSync(`${file}.lock`);
  try {
    lock.exec('PRAGMA busy_timeout=0; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw hasResultCode(error, SQLITE_BUSY) ? new StoreInUseError(file) : error;
  }
  return () => lock.close();
}
