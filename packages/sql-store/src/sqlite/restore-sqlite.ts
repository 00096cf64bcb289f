import { renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { backUpSqlite } from './back-up-sqlite.ts';
import { lockDatabase } from './lock-database.ts';

/** The backup, and the database that it replaces. */
export interface RestoreSqliteOptions {
  /** A file of `backUpSqlite`. */
  readonly from: string;
  /** The database of the store; it may be missing. */
  readonly path: string;
}

/**
 * Replaces a database by a backup, which stays. The backup is copied and checked first, and then renamed, so a failure leaves
 * the old database. Only the owner can read the new one.
 *
 * @throws StoreInUseError if a site uses the database
 * @throws BackupError `source_missing` or `source_damaged`; `target_exists` if an earlier attempt left `<path>.restored`
 */
export function restoreSqlite({ from, path }: RestoreSqliteOptions): void {
  const copy = `${path}.restored`;
  backUpSqlite({ path: from, to: copy });
  try {
    const unlock = lockFile(path);
    try {
      // They belong to the replaced database.
      for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true });
      renameSync(copy, path);
    } finally {
      unlock();
    }
  } finally {
    rmSync(copy, { force: true });
  }
}

function lockFile(path: string): () => void {
  const replaced = new DatabaseSync(path);
  try {
    return lockDatabase(replaced);
  } finally {
    replaced.close();
  }
}
