import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { CliError, EXIT } from '../exit-codes.ts';
import { type LockTiming, withFileLock } from './file-lock.ts';
import { KEY_FILE_VERSION, type KeyFileContent, parseKeyFile } from './parse-key-file.ts';

/** The file that lists all keys, and contains those that are not in a keychain. */
export interface KeyFile {
  readonly path: string;
  /** Returns the current content; empty if there is no file. @throws CliError 5 if it cannot be read */
  read(): KeyFileContent;
  /**
   * Changes the content. Concurrent commands change it one after the other, so no change is lost.
   *
   * @throws CliError 5 if it cannot be read, or if another command does not release the lock
   */
  change(change: (content: KeyFileContent) => KeyFileContent): Promise<KeyFileContent>;
}

/**
 * @param timing how long to wait for another command; tests bring their own
 */
export function createKeyFile(path: string, timing?: LockTiming): KeyFile {
  const unusable = (): CliError =>
    new CliError(
      EXIT.unusable,
      `${path} cannot be parsed. If a newer version of valetkey wrote it, update valetkey; otherwise repair the file, or move it away and log in again.`,
    );

  function read(): KeyFileContent {
    const text = readPrivately();
    const content = text === null ? { secret: null, keys: [] } : parseKeyFile(text);
    // The file may contain keys, so it is not overwritten.
    if (!content) throw unusable();
    return content;
  }

  /** Returns null only if there is no file. An unreadable file may contain keys and is not treated as empty. */
  function readPrivately(): string | null {
    try {
      const text = readFileSync(path, 'utf8');
      // Windows does not use these permission bits.
      if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
        chmodSync(path, 0o600);
        console.error(
          `Other users of this computer could read ${path}; its permissions are now restricted. Log in again to replace the keys.`,
        );
      }
      return text;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw unusable();
    }
  }

  /**
   * Writes a temporary file and renames it, with fsync before each step, so that a crash leaves either version. Mode
   * 0600 from the start.
   */
  function write(content: KeyFileContent): void {
    const folder = dirname(path);
    chmodSync(folder, 0o700);
    const draft = `${path}.tmp`;
    const text = `${JSON.stringify({ version: KEY_FILE_VERSION, ...content }, null, 2)}\n`;
    settle(openSync(draft, 'w', 0o600), text);
    renameSync(draft, path);
    try {
      settle(openSync(folder, 'r'), null);
    } catch {
      // Windows and some network file systems cannot sync a folder. The file is already renamed, so this is not an
      // error.
    }
  }

  function settle(file: number, text: string | null): void {
    try {
      if (text !== null) writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }

  return {
    path,
    read,
    async change(change) {
      const changeNow = () => {
        const before = read();
        const after = change(before);
        if (after !== before) write(after);
        return after;
      };
      return withFileLock(`${path}.lock`, changeNow, timing);
    },
  };
}
