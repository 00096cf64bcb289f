import { mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { CliError, EXIT } from '../exit-codes.ts';

/** How long a command waits for the lock, with an injected clock. */
export interface LockTiming {
  readonly tries: number;
  readonly pause: () => Promise<unknown>;
}

// The work under the lock takes milliseconds.
const PAUSE_MS = 20;
const TIMING: LockTiming = {
  tries: 250,
  pause: () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS)),
};

/**
 * Runs `action` under the lock file `path`. The process that creates the file holds the lock. `action` is
 * synchronous, so only a kill within its milliseconds leaves the file behind. The next command removes the lock of a
 * process that no longer exists.
 *
 * @throws CliError 5 if the lock is not released in time
 */
export async function withFileLock<T>(
  path: string,
  action: () => T,
  timing: LockTiming = TIMING,
): Promise<T> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  for (let tried = 0; !create(path); tried += 1) {
    if (tried >= timing.tries) throw new CliError(EXIT.unusable, held(path));
    removeAbandoned(path);
    await timing.pause();
  }
  try {
    return action();
  } finally {
    unlinkSync(path);
  }
}

const held = (path: string): string =>
  `Another valetkey command is saving keys. If none is running, delete ${path} and try again.`;

const owner = (pid: number): string => `${pid} ${hostname()}`;

/** Returns false if the file exists. A new lock is empty for a short time; an abandoned one is not. */
function create(path: string): boolean {
  try {
    writeFileSync(path, owner(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes the lock of a process that no longer exists. Two commands could detect it at the same time, and the slower
 * one would remove the new lock of the faster. So the remover must hold a second lock and check again. A process
 * removes only its own lock, so an abandoned lock cannot change in between.
 */
function removeAbandoned(path: string): void {
  if (!isAbandoned(path)) return;
  const guard = `${path}.removing`;
  if (!create(guard)) return;
  try {
    if (isAbandoned(path)) unlinkSync(path);
  } finally {
    unlinkSync(guard);
  }
}

function isAbandoned(path: string): boolean {
  try {
    const text = readFileSync(path, 'utf8');
    const pid = Number.parseInt(text, 10);
    // On a shared home directory, the process may run on another computer, where it cannot be checked.
    return text === owner(pid) && !isRunning(pid);
  } catch {
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
