// Why this exists: every check looks at the same files. This is the one place that says which ones.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Manifest } from './build/package-exports.ts';

/** The folder of the repository. */
export const root = dirname(import.meta.dirname);

/** One package of the house: `folder` is relative to the root, with forward slashes. */
export interface Workspace {
  readonly name: string;
  readonly folder: string;
  readonly manifest: Manifest;
}

const CODE_FOLDERS = ['packages', 'apps', 'tests', 'tools', 'bench', 'examples'];

/** Every source file, tests too, relative to the root, sorted. */
export function findSourceFiles(folders: readonly string[] = CODE_FOLDERS): string[] {
  return globSync(
    folders.map((folder) => `${folder}/**/*.{ts,mts,tsx,mjs}`),
    { cwd: root, exclude: isNotOurs },
  )
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
}

/** All packages, in the order of their folders. */
export function findWorkspaces(): Workspace[] {
  return globSync('{packages,apps}/*/package.json', { cwd: root })
    .sort()
    .map((file) => {
      const manifest: Manifest = JSON.parse(readFileSync(join(root, file), 'utf8'));
      return { name: manifest.name, folder: dirname(file).replaceAll('\\', '/'), manifest };
    });
}

/** The package that a file belongs to, or null for what lies outside all of them (tests, tools). */
export function findWorkspaceOf(file: string, workspaces: readonly Workspace[]): Workspace | null {
  return workspaces.find((workspace) => file.startsWith(`${workspace.folder}/`)) ?? null;
}

/** Whether a file only serves tests: it may import what a package does not ship. */
export function isTestFile(file: string): boolean {
  return /\.test\.ts$|(^|\/)(tests|test-support)\//.test(file);
}

function isNotOurs(path: string): boolean {
  return /(^|[\\/])(node_modules|dist)$/.test(path);
}
