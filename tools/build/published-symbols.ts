import { posix } from 'node:path';
import { resolveImport } from '../checks/import-graph.ts';
import { readModule } from '../checks/parse-module.ts';
import { type Declaration, readDeclarations } from '../docs/read-declarations.ts';
import type { Workspace } from '../source-tree.ts';
import { findExportTargets } from './package-exports.ts';

/** One name under which something can be imported, and what can be. */
export interface PublishedEntry {
  /** `@valetkey/client/node` */
  readonly specifier: string;
  readonly symbols: readonly Declaration[];
}

/** Every entry of a package that is a module, with what it exports, in the order of its file. */
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

/** Where a name is declared, followed through the files that pass it on. @throws Error if it is nowhere */
function findDeclaration(file: string, name: string, workspaces: readonly Workspace[]): Declaration {
  const passedOn = readModule(file).exports.find((e) => e.name === name)?.from;
  if (passedOn) {
    const [target] = resolveImport(file, passedOn.specifier, workspaces);
    if (!target) throw new Error(`${file}: ${name} comes from ${passedOn.specifier}, which is not ours`);
    return findDeclaration(target, passedOn.name, workspaces);
  }
  const declared = readDeclarations(file).find((declaration) => declaration.name === name);
  if (!declared) throw new Error(`${file}: ${name} is exported in a way that the API reference cannot read`);
  return declared;
}
