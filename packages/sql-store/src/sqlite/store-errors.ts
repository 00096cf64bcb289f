import { ValetkeyError } from '@valetkey/protocol';

/** Another connection has locked the file (https://sqlite.org/rescode.html). */
export const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;

/** Whether an error of `node:sqlite` has this primary result code. */
export function hasResultCode(error: unknown, code: number): boolean {
  // The low byte of an extended code is the primary one.
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === code;
}

/** The database cannot be used now: it is locked or read-only, its disk fails or is full. Nothing has changed then. */
const UNAVAILABLE = [SQLITE_BUSY, SQLITE_LOCKED, 8 /* READONLY */, 10 /* IOERR */, 13 /* FULL */];

const isUnavailable = (error: unknown): boolean => UNAVAILABLE.some((code) => hasResultCode(error, code));

/** Runs the work. Throws `store_unavailable` if the database is locked for longer than the busy timeout, read-only or full. */
export function withStoreErrors<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw isUnavailable(error) ? new ValetkeyError('store_unavailable', {}, { cause: error }) : error;
  }
}
