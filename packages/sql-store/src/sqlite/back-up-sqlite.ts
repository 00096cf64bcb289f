import { chmodSync, closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { hasResultCode } from './store-errors.ts';

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** The database to copy, and the target. */
export interface BackUpSqliteOptions {
  /** The database of a SQLite store. A site may be using it. */
  readonly path: string;
  /** The file of the copy. It must not exist. */
  readonly to: string;
}

/** Why a backup cannot be made or restored. */
export type BackupFailure = 'source_missing' | 'target_exists' | 'source_damaged';

/** Thrown if a backup cannot be made or restored, or if a database is damaged. No copy is made then. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  readonly code: BackupFailure;

  constructor(code: BackupFailure, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Copies a SQLite database into one file, in its state between two transactions. A plain copy of the file would be
 * incomplete while a site runs, because the latest changes are in the write-ahead log. Only the owner can read the
 * copy.
 *
 * It contains only hashes of keys, but also IP addresses of users and names of their clients: protect it like the
 * original.
 *
 * @throws BackupError `source_missing`, `target_exists` or `source_damaged`
 */
export function backUpSqlite({ path, to }: BackUpSqliteOptions): void {
  if (!existsSync(path)) {
    throw new BackupError('source_missing', `There is no database ${path}. Check the path.`);
  }
  createPrivately(to);
  try {
    copy(path, to);
    checkIntegrity(to, path);
  } catch (error) {
    rmSync(to, { force: true });
    throw isDamaged(error) ? damaged(path) : error;
  }
}

const isDamaged = (error: unknown): boolean =>
  hasResultCode(error, SQLITE_CORRUPT) || hasResultCode(error, SQLITE_NOTADB);

const damaged = (path: string) =>
  new BackupError('source_damaged', `The database ${path} is damaged. Restore an earlier backup.`);

/** SQLite writes into an empty file, and keeps its permissions. */
function createPrivately(to: string): void {
  try {
    closeSync(openSync(to, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new BackupError('target_exists', `The file ${to} exists. Choose another name for the backup.`);
  }
  // An unusual umask may have removed permissions of the owner.
  chmodSync(to, 0o600);
}

function copy(path: string, to: string): void {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA busy_timeout=5000');
    database.prepare('VACUUM INTO ?').run(to);
  } finally {
    database.close();
  }
}

/** Checks that a SQLite database is not damaged. @throws BackupError `source_damaged` */
export function checkSqlite(path: string): void {
  try {
    checkIntegrity(path, path);
  } catch (error) {
    throw isDamaged(error) ? damaged(path) : error;
  }
}

function checkIntegrity(to: string, path: string): void {
  const database = new DatabaseSync(to, { readOnly: true });
  try {
    const result = database.prepare('PRAGMA integrity_check').get()?.integrity_check;
    if (result !== 'ok') throw damaged(path);
  } finally {
    database.close();
  }
}
