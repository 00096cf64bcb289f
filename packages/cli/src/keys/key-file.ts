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

/** The file with everything that is known of keys, and with the keys that no keychain has. */
export interface KeyFile {
  readonly path: string;
  /** What it holds at this moment; nothing if there is no file. @throws Failure 5 if it cannot be read */
  read(): KeyFileContent;
  /**
   * Changes it. Two commands that save at the same instant come one after the other, each seeing what the other wrote.
   *
   * @throws Failure 5 if it cannot be read, or if another command does not let go of it
   */
  change(change: (content: KeyFileContent) => KeyFileContent): Promise<KeyFileContent>;
}

/** @param timing how long to wait for another command; tests bring their own */
export function createKeyFile(path: string, timing?: LockTiming): KeyFile {
  const unusable = (): CliError =>
    new CliError(
      EXIT.unusable,
      `${path} cannot be parsed. If a newer version of valetkey wrote it, update valetkey; otherwise repair the file, or move it away and log in again.`,
    );

  function read(): KeyFileContent {
    const text = readPrivately();
    const content = text === null ? { secret: null, keys: [] } : parseKeyFile(text);
    // The keys in it may still be wanted, so nothing is overwritten.
    if (!content) throw unusable();
    return content;
  }

  /** Null only if there is no file: one that cannot be read holds keys, and must not be taken for an empty one. */
  function readPrivately(): string | null {
    try {
      const text = readFileSync(path, 'utf8');
      // Windows keeps a person's files apart by other means than these bits.
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
   * Written beside and renamed, each once the disk has what came before, so that no crash leaves half a file; for its owner
   * alone from the first byte.
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
      // Windows and some network disks settle no folder. The file is in its place by now: that must not count as not kept.
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
