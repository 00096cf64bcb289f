// Defines the files that all checks examine.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Manifest } from './build/package-exports.ts';

/** The root folder of the repository. */
export const root = dirname(import.meta.dirname);

/** A package of this repository. `folder` is relative to the root, with forward slashes. */
export interface Workspace {
  readonly name: string;
  readonly folder: string;
  readonly manifest: Manifest;
}

const CODE_FOLDERS = ['packages', 'apps', 'tests', 'tools', 'bench', 'examples'];

/** Returns all source files, including tests, relative to the root, sorted. */
export function findSourceFiles(folders: readonly string[] = CODE_FOLDERS): string[] {
  return globSync(
    folders.map((folder) => `${folder}/**/*.{ts,mts,tsx,mjs}`),
    { cwd: root, exclude: isNotOurs },
  )
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
}

/** Returns all packages, in the order of their folders. */
export function findWorkspaces(): Workspace[] {
  return globSync('{packages,apps}/*/package.json', { cwd: root })
    .sort()
    .map((file) => {
      const manifest: Manifest = JSON.parse(readFileSync(join(root, file), 'utf8'));
      return { name: manifest.name, folder: dirname(file).replaceAll('\\', '/'), manifest };
    });
}

/** Returns the packages that are built and published. */
export function findPublishedWorkspaces(): Workspace[] {
  return findWorkspaces().filter(({ manifest }) => manifest.private !== true);
}

/** Returns the package of a file; null for files outside all packages (tests, tools). */
export function findWorkspaceOf(file: string, workspaces: readonly Workspace[]): Workspace | null {
  return workspaces.find((workspace) => file.startsWith(`${workspace.folder}/`)) ?? null;
}

/** Returns whether a file is only used by tests: it may import packages that are not published. */
export function isTestFile(file: string): boolean {
  return /\.test\.ts$|(^|\/)(tests|test-support)\//.test(file);
}

function isNotOurs(path: string): boolean {
  return /(^|[\\/])(node_modules|dist)$/.test(path);
}
