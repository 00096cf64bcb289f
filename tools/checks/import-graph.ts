// The rules about imports (check-imports.ts) and the list of published files (build.ts) use the same graph. A package
// name resolves to a source file by `exports`, as in Node.
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { findExportTargets } from '../build/package-exports.ts';
import { findSourceFiles, findWorkspaces, type Workspace } from '../source-tree.ts';
import { type Import, readModule } from './parse-module.ts';

/**
 * One import statement. `targets` are files of this repository; none for a builtin, a third-party package or a name
 * that is not exported.
 */
export interface Edge extends Import {
  readonly from: string;
  readonly targets: readonly string[];
}

export interface ImportGraph {
  readonly edges: readonly Edge[];
  readonly workspaces: readonly Workspace[];
}

/** Reads all sources of this repository. */
export function readImportGraph(): ImportGraph {
  const workspaces = findWorkspaces();
  const edges = findSourceFiles().flatMap((from) =>
    readModule(from).imports.map((i) => ({
      ...i,
      from,
      targets: resolveImport(from, i.specifier, workspaces),
    })),
  );
  return { edges, workspaces };
}

/** `@scope/name/sub/path` → `@scope/name`; null for a relative path or a builtin. */
export function packageNameOf(specifier: string): string | null {
  if (specifier.startsWith('.') || specifier.startsWith('/') || isBuiltin(specifier)) return null;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Returns the files that are reachable from `entries`, including them, by any kind of import. */
export function findReachable(edges: readonly Edge[], entries: readonly string[]): Set<string> {
  const reached = new Set(entries);
  const targetsOf = Map.groupBy(edges, (edge) => edge.from);
  for (const file of reached)
    for (const edge of targetsOf.get(file) ?? []) for (const to of edge.targets) reached.add(to);
  return reached;
}

/** Returns the files of this repository that an import resolves to. */
export function resolveImport(from: string, specifier: string, workspaces: readonly Workspace[]): string[] {
  if (specifier.startsWith('.')) return [posix.join(posix.dirname(from), specifier)];
  const name = packageNameOf(specifier);
  const workspace = workspaces.find((candidate) => candidate.name === name);
  if (!workspace || name === null) return [];
  return findExportTargets(workspace.manifest, `.${specifier.slice(name.length)}`).map((file) =>
    posix.join(workspace.folder, file),
  );
}
