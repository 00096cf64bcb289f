// The compared frameworks and libraries take 60 MB. They have their own package.json, and the first benchmark that
// needs them installs them, not `npm ci`.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const folder = dirname(import.meta.dirname);
const stampFile = join(folder, 'node_modules', '.installed-lock');

/** Installs the packages of bench/package-lock.json unless they are installed. Throws if npm fails. */
export function installPeers(): void {
  const lock = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lock) return;
  console.error('Installing the compared libraries (only the first time) …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('npm could not install bench/package.json. Its message is above.');
  writeFileSync(stampFile, lock);
}

/**
 * Imports a library of bench/package.json. The project is type-checked without these libraries, so the caller
 * declares the types that it uses.
 */
export async function loadPeer<Used>(name: string): Promise<Used> {
  return (await import(name)) as Used;
}
