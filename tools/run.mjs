// Why this exists: the README promises that `npm start` and `npm test` work right after a clone, on any Node ≥ 20.
// So this file is plain JavaScript without dependencies: it installs what is missing or out of date,
// then hands over to the Node 24 that the `node` package put into node_modules/.bin.
//
// Use: node tools/run.mjs <script> [arguments …]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, 'node_modules', '.installed-lock');
const pinnedNode = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

const lockHash = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

function isInstalled() {
  return existsSync(pinnedNode) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockHash;
}

if (!isInstalled()) {
  console.error('Installing dependencies (only the first time, or after they changed) …');
  const install = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (install.status !== 0) {
    console.error(
      '\nThe installation failed. Read what npm printed above, mend it, and run the command again.',
    );
    process.exit(install.status ?? 1);
  }
  writeFileSync(stampFile, lockHash);
}

const child = spawn(pinnedNode, process.argv.slice(2), {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
// npm passes a signal on to this process only; without this the server behind it would outlive it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) =>
  process.exit(signal ? 128 + (constants.signals[signal] ?? 1) : (code ?? 1)),
);
