// Why this exists: a knot of imports is how a house becomes one room. This keeps the arrows of docs/architecture.md true:
// no cycles (not of types either), imports run one way, a package is entered by its door, what is imported is declared,
// and what must run in a browser does not reach for Node.
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { findSourceFiles, findWorkspaceOf, isTestFile, root } from '../source-tree.ts';
import { findCycles } from './find-cycles.ts';
import {
  type Edge,
  findReachable,
  type ImportGraph,
  packageNameOf,
  readImportGraph,
} from './import-graph.ts';
import { readModule } from './parse-module.ts';
import { reportProblems } from './report-problems.ts';

/** What each package may import of the others. Tests may import all of them: they are the proof that the parts fit. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  '@valetkey/protocol': [],
  '@valetkey/client': ['@valetkey/protocol'],
  '@valetkey/server': ['@valetkey/protocol'],
  valetkey: ['@valetkey/client', '@valetkey/protocol'],
  '@valetkey/forum': ['@valetkey/server', '@valetkey/protocol'],
};

/** Entries that run in browsers: nothing that they reach may import a Node module. */
const BROWSER_ENTRIES = [
  'packages/protocol/src/index.ts',
  'packages/client/src/index.ts',
  'packages/client/src/browser/index.ts',
];

/** All that is wrong with the imports of the house, one sentence each. */
export function checkImports(graph: ImportGraph, rootDependencies: readonly string[]): string[] {
  return [
    ...checkCycles(graph.edges),
    ...graph.edges.flatMap((edge) => [
      ...checkDirection(edge, graph),
      ...checkDoor(edge, graph),
      ...checkDeclared(edge, graph, rootDependencies),
    ]),
    ...BROWSER_ENTRIES.flatMap((entry) => checkBrowserEntry(entry, graph.edges)),
  ];
}

function checkCycles(edges: readonly Edge[]): string[] {
  const toGraph = (some: readonly Edge[]) =>
    new Map([...Map.groupBy(some, (e) => e.from)].map(([from, es]) => [from, es.flatMap((e) => e.targets)]));
  const atRuntime = findCycles(toGraph(edges.filter((edge) => !edge.isTypeOnly)));
  // Types are looked at only once the runtime is free of cycles: else each of those would be told twice.
  const [cycles, what] =
    atRuntime.length > 0 ? [atRuntime, 'imports'] : [findCycles(toGraph(edges)), 'types'];
  return cycles.map((cycle) => `cycle of ${what}: ${[...cycle, cycle[0]].join(' → ')}`);
}

function checkDirection(edge: Edge, { workspaces }: ImportGraph): string[] {
  const owner = findWorkspaceOf(edge.from, workspaces);
  const name = packageNameOf(edge.specifier);
  if (!owner || isTestFile(edge.from) || !workspaces.some((workspace) => workspace.name === name)) return [];
  if (name === owner.name) return [problem(edge, 'a package imports its own files by relative path')];
  const allowed = MAY_IMPORT[owner.name] ?? [];
  return name === null || allowed.includes(name)
    ? []
    : [problem(edge, `${owner.name} may import ${allowed.join(' and ') || 'no other package'}`)];
}

function checkDoor(edge: Edge, { workspaces }: ImportGraph): string[] {
  if (edge.specifier.startsWith('.')) {
    const [target = ''] = edge.targets;
    const entered = findWorkspaceOf(target, workspaces);
    return entered && entered !== findWorkspaceOf(edge.from, workspaces)
      ? [problem(edge, `enter ${entered.name} by its name, not through the wall`)]
      : [];
  }
  const isOurs = workspaces.some((workspace) => workspace.name === packageNameOf(edge.specifier));
  return isOurs && edge.targets.length === 0
    ? [problem(edge, 'this is not among the exports of the package')]
    : [];
}

function checkDeclared(
  edge: Edge,
  { workspaces }: ImportGraph,
  rootDependencies: readonly string[],
): string[] {
  const name = packageNameOf(edge.specifier);
  const owner = findWorkspaceOf(edge.from, workspaces);
  if (name === null || name === owner?.name) return [];
  const { dependencies, optionalDependencies, peerDependencies, devDependencies } = owner?.manifest ?? {};
  const declared = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
  if (!owner || isTestFile(edge.from))
    declared.push(
      ...rootDependencies,
      ...Object.keys(devDependencies ?? {}),
      ...workspaces.map((w) => w.name),
    );
  return declared.includes(name)
    ? []
    : [problem(edge, `declare ${name} in ${owner?.folder ?? '.'}/package.json`)];
}

function checkBrowserEntry(entry: string, edges: readonly Edge[]): string[] {
  const reached = findReachable(edges, [entry]);
  return edges
    .filter((edge) => reached.has(edge.from) && isBuiltin(edge.specifier))
    .map((edge) =>
      problem(edge, `${entry} runs in browsers and reaches this file, so it cannot import Node's modules`),
    );
}

/** `export *` hides what a package offers; Biome sees most of them, this sees the rest. */
function checkNamedExports(): string[] {
  return findSourceFiles().flatMap((file) =>
    readModule(file)
      .exports.filter((e) => e.name === '*')
      .map((e) => `${file}:${e.line}: name what is exported instead of \`export *\``),
  );
}

function problem(edge: Edge, sentence: string): string {
  return `${edge.from}:${edge.line}: '${edge.specifier}': ${sentence}`;
}

if (import.meta.main) {
  const graph = readImportGraph();
  const { default: manifest } = await import(posix.join(root, 'package.json'), { with: { type: 'json' } });
  const problems = [...checkImports(graph, Object.keys(manifest.devDependencies)), ...checkNamedExports()];
  reportProblems(problems, `${graph.edges.length} imports run one way, without a cycle`);
}
