// Two commands in a fresh clone must not install at the same time. The lock is a file that names the processes that
// install: the command and its npm, because npm continues if the command is killed. A lock without a running process is
// stale, and so is one that is older than any installation.
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const POLL_MS = 200;
const MAX_AGE_MS = 20 * 60_000;

/** Takes the lock, and waits while another process has it. Calls `onWait` once, with the id of that process. */
export async function takeLock(file, onWait) {
  let isWaiting = false;
  while (!tryLock(file)) {
    const [holder] = readHolders(file);
    if (!isWaiting && holder !== undefined) onWait(holder);
    isWaiting ||= holder !== undefined;
    await wait(POLL_MS);
  }
}

/** Records a second process that holds the lock. */
export function shareLock(file, pid) {
  replace(file, [process.pid, pid]);
}

/** Ends the lock. */
export function releaseLock(file) {
  rmSync(file, { force: true });
}

function tryLock(file) {
  if (create(file)) return true;
  if (!isStale(file)) return false;
  // Only one process at a time removes a stale lock. Without this, a second one could remove its successor.
  const guard = `${file}.stale`;
  if (!create(guard)) {
    if (isStale(guard)) rmSync(guard, { force: true });
    return false;
  }
  try {
    if (!isStale(file)) return false;
    replace(file, [process.pid]);
    return true;
  } finally {
    rmSync(guard, { force: true });
  }
}

/** Creates the file with its content in one step; returns false if it exists. */
function create(file) {
  const draft = writeDraft(file, [process.pid]);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

function replace(file, pids) {
  renameSync(writeDraft(file, pids), file);
}

function writeDraft(file, pids) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, pids.join('\n'));
  return draft;
}

function isStale(file) {
  const age = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (age === undefined) return false;
  return Date.now() - age > MAX_AGE_MS || !readHolders(file).some(isRunning);
}

function readHolders(file) {
  try {
    return readFileSync(file, 'utf8').split('\n').map(Number);
  } catch {
    return [];
  }
}

/** This process does not hold the lock yet: in a container, the process that was killed may have had the same id. */
function isRunning(pid) {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
