// Why this exists: the README promises that `npm start` and `npm test` work right after a clone, on Node 20 or newer.
// This file and tools/launch are plain JavaScript without dependencies. They install what is missing or out of date,
// then run the script with the Node 24 that the lock file pins.
//
// Use: node tools/run.mjs <script> [arguments …]
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { releaseLock, shareLock, takeLock } from './launch/install-lock.mjs';
import { isInstalled } from './launch/installed-tree.mjs';
import { passSignals } from './launch/pass-signals.mjs';
import { findNode } from './launch/pinned-node.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lockFile = join(root, '.install-lock');

/** Runs a program and returns its exit code; 128 and the number of the signal if a signal ended it. */
function run(program, args, { onStart = () => {}, ...options }) {
  const child = spawn(program, args, options);
  const stopPassing = passSignals(child);
  onStart(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ? 128 + (constants.signals[signal] ?? 1) : code));
  }).finally(stopPassing);
}

async function install() {
  await takeLock(lockFile, (pid) => {
    console.error(
      `Process ${pid} installs the dependencies. This command continues when they are complete …`,
    );
  });
  try {
    if (isReady()) return;
    console.error('Installing dependencies (only the first time, or after they changed) …');
    const code = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
      onStart: ({ pid }) => shareLock(lockFile, pid),
    });
    if (code !== 0) {
      console.error(
        '\nThe installation failed. Read the message of npm above, fix the cause, and run the command again.',
      );
      process.exitCode = code;
    }
  } finally {
    releaseLock(lockFile);
  }
}

const isReady = () => isInstalled(root) && findNode(root) !== null;

if (!isReady()) await install();
if (process.exitCode) process.exit();
const node = findNode(root);
if (node === null) {
  console.error(
    `There is no pinned Node for ${process.platform} on ${process.arch}. Install Node 24 or newer, and run the command again.`,
  );
  process.exit(1);
}
process.exit(await run(node, process.argv.slice(2), { stdio: 'inherit' }));
