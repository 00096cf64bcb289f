// Checks that every export of a package has a docstring. Biome checks the length of files.
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { listEntryFiles } from '../build/package-exports.ts';
import { findWorkspaces, root, type Workspace } from '../source-tree.ts';
import { resolveImport } from './import-graph.ts';
import { type ParsedModule, readModule } from './parse-module.ts';
import { reportProblems } from './report-problems.ts';

function checkDocstrings(workspaces: readonly Workspace[]): string[] {
  const modules = new Map<string, ParsedModule>();
  const read = (file: string) => modules.get(file) ?? modules.set(file, readModule(file)).get(file);
  /** Follows re-exports of `name` to its declaration. */
  const findUndocumented = (file: string, name: string): string | null => {
    const found = read(file)?.exports.filter((e) => e.name === name) ?? [];
    const [first] = found;
    if (!first) return `${file}: exports no ${name}`;
    if (!first.from)
      return found.some((e) => e.isDocumented) ? null : `${file}:${first.line}: ${name} has no docstring`;
    const [target] = resolveImport(file, first.from.specifier, workspaces);
    return target ? findUndocumented(target, first.from.name) : null;
  };
  return workspaces.flatMap(({ folder, manifest }) =>
    listEntryFiles(manifest)
      .map((entry) => posix.join(folder, entry))
      .filter((entry) => existsSync(join(root, entry)))
      .flatMap((entry) => read(entry)?.exports.map(({ name }) => findUndocumented(entry, name)) ?? [])
      .filter((problem) => problem !== null),
  );
}

reportProblems([...new Set(checkDocstrings(findWorkspaces()))], 'every export has a docstring');
