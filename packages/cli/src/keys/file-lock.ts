import { mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { CliError, EXIT } from '../exit-codes.ts';

/** How long one command waits for another, and by what clock; tests bring their own. */
export interface LockTiming {
  readonly tries: number;
  readonly pause: () => Promise<unknown>;
}

// What happens under the lock takes milliseconds.
const PAUSE_MS = 20;
const TIMING: LockTiming = {
  tries: 250,
  pause: () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS)),
};

/**
 * Runs `action` while nobody else on this computer holds the lock `path`. Whoever creates the file holds it. `action` is
 * not asynchronous, so that only a kill within its milliseconds can leave the file behind; the next command sees that the
 * process in it is gone, and takes it away.
 *
 * @throws Failure 5 if somebody held it the whole time
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

/** False if it exists. For an instant it is empty, which is not what an abandoned one looks like. */
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
 * Takes away a lock whose process is gone. Two commands could both see that, and the slower one would then take away the
 * new lock of the faster: so only who holds a second lock may, and looks again under it. An owner removes its own lock
 * only, hence an abandoned one cannot turn into somebody else's in between.
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
    // Processes of another computer, as on a shared home, cannot be asked after from here.
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
