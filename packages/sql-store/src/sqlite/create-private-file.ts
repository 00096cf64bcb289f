import { closeSync, openSync } from 'node:fs';

/**
 * Creates an empty file that only its owner can read and write; does nothing if it exists, if it is no file, or if it cannot
 * be created, which SQLite reports. SQLite writes into an empty file, and gives its permissions to the write-ahead log.
 */
export function createPrivateFile(path: string): void {
  // A name that SQLite does not use as a path.
  if (path === '' || path === ':memory:' || path.startsWith('file:')) return;
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch {
    // It exists, or its folder is missing or read-only.
  }
}
