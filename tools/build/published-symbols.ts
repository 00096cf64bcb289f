import { posix } from 'node:path';
import { resolveImport } from '../checks/import-graph.ts';
import { readModule } from '../checks/parse-module.ts';
import { type Declaration, readDeclarations } from '../docs/read-declarations.ts';
import type { Workspace } from '../source-tree.ts';
import { findExportTargets } from './package-exports.ts';

/** An entry of a package and its exports. */
export interface PublishedEntry {
  /** `@valetkey/client/node` */
  readonly specifier: string;
  readonly symbols: readonly Declaration[];
}

/** Returns the entries of a package that are modules, with their exports in the order of the file. */
export function listPublishedEntries(
  { name, folder, manifest }: Workspace,
  workspaces: readonly Workspace[],
): PublishedEntry[] {
  return Object.keys(manifest.exports ?? {}).flatMap((path) => {
    const [file] = findExportTargets(manifest, path).filter((target) => target.endsWith('.ts'));
    if (!file || path.includes('*')) return [];
    const entry = posix.join(folder, file);
    const names = new Set(readModule(entry).exports.map((e) => e.name));
    const symbols = [...names].map((symbol) => findDeclaration(entry, symbol, workspaces));
    return [{ specifier: name + path.slice(1), symbols }];
  });
}

/** Finds the declaration of a name through re-exports. @throws Error if there is none */
function findDeclaration(file: string, name: string, workspaces: readonly Workspace[]): Declaration {
  const passedOn = readModule(file).exports.find((e) => e.name === name)?.from;
  if (passedOn) {
    const [target] = resolveImport(file, passedOn.specifier, workspaces);
    if (!target)
      throw new Error(
        `${file}: ${name} comes from ${passedOn.specifier}, which is not a package of this repository`,
      );
    return findDeclaration(target, passedOn.name, workspaces);
  }
  const declared = readDeclarations(file).find((declaration) => declaration.name === name);
  if (!declared)
    throw new Error(`${file}: ${name} has an export form that the API reference does not support`);
  return declared;
}
