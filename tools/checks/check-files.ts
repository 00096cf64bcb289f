// Why this exists: two habits that nobody notices losing. A file that grows past 250 lines is a second concept moving in;
// an export without a docstring is a promise that nobody can hold the house to.
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { listEntryFiles } from '../build/package-exports.ts';
import { findSourceFiles, findWorkspaces, root, type Workspace } from '../source-tree.ts';
import { resolveImport } from './import-graph.ts';
import { type ParsedModule, readModule } from './parse-module.ts';
import { reportProblems } from './report-problems.ts';

const MAX_LINES = 250;

/** Files that may be longer, each with the reason. */
const LONG_FILES: Readonly<Record<string, string>> = {
  'packages/protocol/src/errors/error-catalogue.ts': 'one table, read by its rows',
};

function checkLengths(): string[] {
  const lengths = new Map(
    findSourceFiles().map((file) => [file, readFileSync(join(root, file), 'utf8').split('\n').length - 1]),
  );
  const tooLong = [...lengths]
    .filter(([file, lines]) => lines > MAX_LINES && !(file in LONG_FILES))
    .map(
      ([file, lines]) =>
        `${file}: ${lines} lines: split it, or give the reason in tools/checks/check-files.ts`,
    );
  const needless = Object.keys(LONG_FILES)
    .filter((file) => (lengths.get(file) ?? 0) <= MAX_LINES)
    .map((file) => `tools/checks/check-files.ts: ${file} is short or gone: take it off the list`);
  return [...tooLong, ...needless];
}

function checkDocstrings(workspaces: readonly Workspace[]): string[] {
  const modules = new Map<string, ParsedModule>();
  const read = (file: string) => modules.get(file) ?? modules.set(file, readModule(file)).get(file);
  /** Where `name` is declared, followed through the files that pass it on. */
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

reportProblems(
  [...checkLengths(), ...new Set(checkDocstrings(findWorkspaces()))],
  `no file is longer than ${MAX_LINES} lines, and every export has a docstring`,
);
