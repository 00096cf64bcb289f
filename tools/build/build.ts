// Compiles the sources once, for publication; in the repository they run as they are. Each package gets a `dist/`
// with exactly the published files (docs/decisions/0001-sources-run-without-a-build.md).
// Use: npm run build
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { findReachable, type ImportGraph, readImportGraph } from '../checks/import-graph.ts';
import { findPublishedWorkspaces, root, type Workspace } from '../source-tree.ts';
import { bundleCommand, isCommand } from './bundle-command.ts';
import { findExportTargets, listEntryFiles } from './package-exports.ts';
import { toCompiled, toPublishedManifest } from './publish-manifest.ts';

/** Compiles all sources into `outDir`, in the layout of the repository. */
function compile(outDir: string): void {
  const args = [
    'node_modules/typescript/bin/tsc',
    '-p',
    'tools/build/tsconfig.build.json',
    '--outDir',
    outDir,
  ];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('The sources do not compile. Fix the errors above, then build again.');
}

/** Fills `dist/` of a package: the files that its entries reach, compiled or bundled, and its documents. */
async function assemble(workspace: Workspace, graph: ImportGraph, compiled: string): Promise<number> {
  const { folder, manifest } = workspace;
  const dist = join(root, folder, 'dist');
  const family = graph.workspaces.map(({ name }) => name);
  const count = isCommand(manifest)
    ? await bundleCommand(workspace, family)
    : copyCompiled(workspace, graph, compiled);
  copy(join(root, folder, 'README.md'), join(dist, 'README.md'));
  copy(join(root, 'LICENSE'), join(dist, 'LICENSE'));
  const published = toPublishedManifest(manifest, isCommand(manifest) ? family : []);
  writeFileSync(join(dist, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
  for (const command of Object.values(manifest.bin ?? {})) {
    const file = join(dist, toCompiled(command, '.js'));
    if (!readFileSync(file, 'utf8').startsWith('#!/usr/bin/env node\n'))
      throw new Error(`${folder}/${command} is a command: its first line must be #!/usr/bin/env node`);
    chmodSync(file, 0o755);
  }
  return count;
}

function copyCompiled({ folder, manifest }: Workspace, graph: ImportGraph, compiled: string): number {
  const dist = join(root, folder, 'dist');
  const entries = listEntryFiles(manifest).map((file) => posix.join(folder, file));
  const sources = [...findReachable(graph.edges, entries)].filter((file) => file.startsWith(`${folder}/`));
  for (const source of sources.filter((file) => file.endsWith('.ts'))) {
    for (const extension of ['.js', '.d.ts'] as const) {
      const to = toCompiled(posix.relative(folder, source), extension);
      copy(join(compiled, source.replace(/\.ts$/, extension)), join(dist, to));
    }
  }
  for (const [path] of Object.entries(manifest.exports ?? {}))
    for (const file of findExportTargets(manifest, path).filter((target) => !target.endsWith('.ts')))
      for (const data of globSync(file, { cwd: join(root, folder) }))
        copy(join(root, folder, data), join(dist, data));
  return sources.length;
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

const compiled = mkdtempSync(join(tmpdir(), 'valetkey-build-'));
try {
  const graph = readImportGraph();
  // Done first, so that a failed build leaves no earlier one that could be tested or published.
  for (const { folder } of graph.workspaces)
    rmSync(join(root, folder, 'dist'), { recursive: true, force: true });
  compile(compiled);
  for (const workspace of findPublishedWorkspaces()) {
    const count = await assemble(workspace, graph, compiled);
    console.log(
      `${workspace.folder}/dist: ${workspace.name} ${workspace.manifest.version}, ${count} ${isCommand(workspace.manifest) ? 'files, bundled' : 'modules'}`,
    );
  }
} catch (error) {
  console.error(`Build failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  rmSync(compiled, { recursive: true });
}
