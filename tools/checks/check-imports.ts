// Why this exists: enforces the module boundaries that Biome cannot express: the order of packages and folders, public entry
// points, and no Node modules in browser code. Cycles, undeclared dependencies and `export *` are rules in biome.json.
import { isBuiltin } from 'node:module';
import { findWorkspaceOf, isTestFile } from '../source-tree.ts';
import {
  type Edge,
  findReachable,
  type ImportGraph,
  packageNameOf,
  readImportGraph,
} from './import-graph.ts';
import { KNOWN_VIOLATIONS, PACKAGE_IMPORTS, SERVER_FOLDERS, SERVER_SOURCES } from './import-order.ts';
import { reportProblems } from './report-problems.ts';

/** Entry points for browsers: no file reachable from them may import a Node module. */
const BROWSER_ENTRIES = [
  'packages/protocol/src/index.ts',
  'packages/client/src/index.ts',
  'packages/client/src/browser/index.ts',
];

/** Returns one sentence for each import that breaks a rule. */
export function checkImports(graph: ImportGraph, known: readonly string[] = []): string[] {
  const against = graph.edges.flatMap(findAgainstOrder);
  const violations = new Set(against.map(({ name }) => name));
  return [
    ...graph.edges.flatMap((edge) => [...checkPackageOrder(edge, graph), ...checkEntryPoint(edge, graph)]),
    ...against.filter(({ name }) => !known.includes(name)).map(({ sentence }) => sentence),
    ...known
      .filter((name) => !violations.has(name))
      .map((name) => `tools/checks/import-order.ts: '${name}' is no longer a violation: remove it`),
    ...BROWSER_ENTRIES.flatMap((entry) => checkBrowserEntry(entry, graph.edges)),
  ];
}

function checkPackageOrder(edge: Edge, { workspaces }: ImportGraph): string[] {
  const owner = findWorkspaceOf(edge.from, workspaces);
  const name = packageNameOf(edge.specifier);
  if (!owner || isTestFile(edge.from) || !workspaces.some((workspace) => workspace.name === name)) return [];
  if (name === owner.name) return [problem(edge, 'a package imports its own files by relative path')];
  const allowed = PACKAGE_IMPORTS[owner.name] ?? [];
  return name === null || allowed.includes(name)
    ? []
    : [problem(edge, `${owner.name} may import ${allowed.join(' and ') || 'no other package'}`)];
}

function checkEntryPoint(edge: Edge, { workspaces }: ImportGraph): string[] {
  if (edge.specifier.startsWith('.')) {
    const [target = ''] = edge.targets;
    const entered = findWorkspaceOf(target, workspaces);
    return entered && entered !== findWorkspaceOf(edge.from, workspaces)
      ? [problem(edge, `import ${entered.name} by its name, not by a relative path`)]
      : [];
  }
  const isOurs = workspaces.some((workspace) => workspace.name === packageNameOf(edge.specifier));
  return isOurs && edge.targets.length === 0
    ? [problem(edge, 'this is not among the exports of the package')]
    : [];
}

/** Imports between the server's folders that run against their order; `name` is the entry for the list of exceptions. */
function findAgainstOrder(edge: Edge): { name: string; sentence: string }[] {
  const from = folderOf(edge.from);
  if (from === null || isTestFile(edge.from)) return [];
  if (!SERVER_FOLDERS.includes(from)) {
    const sentence = problem(edge, `add the folder ${from} to tools/checks/import-order.ts`);
    return [{ name: from, sentence }];
  }
  const allowed = SERVER_FOLDERS.slice(0, SERVER_FOLDERS.indexOf(from));
  const isInside = (target: string) => target.startsWith(SERVER_SOURCES);
  return edge.targets
    .filter((target) => isInside(target) && ![from, ...allowed].includes(folderOf(target) ?? ''))
    .map((target) => ({
      name: `${belowSources(edge.from)} → ${belowSources(target)}`,
      sentence: problem(edge, `${from}/ may import ${allowed.join(', ') || 'no other folder'}`),
    }));
}

const belowSources = (file: string) => file.slice(SERVER_SOURCES.length);

/** The first folder below the server's sources; null for files beside the folders and files elsewhere. */
function folderOf(file: string): string | null {
  if (!file.startsWith(SERVER_SOURCES)) return null;
  const [folder, ...rest] = belowSources(file).split('/');
  return rest.length > 0 ? (folder ?? null) : null;
}

function checkBrowserEntry(entry: string, edges: readonly Edge[]): string[] {
  const reached = findReachable(edges, [entry]);
  return edges
    .filter((edge) => reached.has(edge.from) && isBuiltin(edge.specifier))
    .map((edge) =>
      problem(edge, `browser entry ${entry} reaches this file, so it must not import Node modules`),
    );
}

function problem(edge: Edge, sentence: string): string {
  return `${edge.from}:${edge.line}: '${edge.specifier}': ${sentence}`;
}

if (import.meta.main) {
  const graph = readImportGraph();
  const remaining = KNOWN_VIOLATIONS.length > 0 ? ` (${KNOWN_VIOLATIONS.length} known exceptions)` : '';
  reportProblems(
    checkImports(graph, KNOWN_VIOLATIONS),
    `${graph.edges.length} imports follow the order of packages and folders${remaining}`,
  );
}
