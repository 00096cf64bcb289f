import { execFileSync, type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { environmentOfUser, packDist } from '../../tools/build/pack-dist.ts';
import type { Manifest } from '../../tools/build/package-exports.ts';
import { findPublishedWorkspaces, root } from '../../tools/source-tree.ts';

/** A package as it would be published. `files` are the paths inside the tarball. */
export interface PackedPackage {
  readonly name: string;
  readonly dist: string;
  readonly tarball: string;
  readonly files: readonly string[];
  readonly manifest: Manifest;
}

/** A Node that the packages are tested with. */
export interface Runtime {
  readonly path: string;
  readonly version: string;
}

/** A folder outside the repository where the packages are installed. */
export interface InstalledPackages {
  readonly packages: readonly PackedPackage[];
  readonly folder: string;
  write(file: string, text: string): void;
  run(program: string, args: readonly string[]): SpawnSyncReturns<string>;
  remove(): void;
}

/** Packs every `dist/` into a folder. */
export function packAll(destination: string): PackedPackage[] {
  return findPublishedWorkspaces().map(({ name, folder }) =>
    pack(name, join(root, folder, 'dist'), destination),
  );
}

/**
 * Packs every `dist/`, and installs all tarballs in an empty project, with the optional packages that some entries
 * need. Third-party packages come from npm’s cache if possible.
 */
export function installPackages(): InstalledPackages {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-packed-'));
  const project = join(folder, 'project');
  mkdirSync(project);
  const packages = packAll(folder);
  const run = (program: string, args: readonly string[]) =>
    spawnSync(program, args, { cwd: project, encoding: 'utf8', env: environmentOfUser() });

  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ name: 'stranger', private: true, type: 'module' }),
  );
  const tarballs = packages.map(({ tarball }) => tarball);
  const { status, stderr } = run('npm', [
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    ...tarballs,
    ...packages.flatMap(({ manifest }) => listPeers(manifest)),
  ]);
  if (status !== 0) throw new Error(`The tarballs cannot be installed together:\n${stderr}`);
  return {
    packages,
    folder: project,
    run,
    write: (file, text) => writeFileSync(join(project, file), text),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

const listPeers = ({ peerDependencies = {} }: Manifest): string[] =>
  Object.entries(peerDependencies).map(([name, range]) => `${name}@${range}`);

/** Returns the pinned Node, and the machine’s own if it is different. */
export function findRuntimes(): Runtime[] {
  const own = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .map((folder) => join(folder, 'node'))
    .find((file) => existsSync(file));
  const versionOf = (path: string) => execFileSync(path, ['--version'], { encoding: 'utf8' }).trim().slice(1);
  const runtimes = [process.execPath, ...(own ? [own] : [])].map((path) => ({
    path,
    version: versionOf(path),
  }));
  return runtimes.filter(
    ({ version }, index) => runtimes.findIndex((other) => other.version === version) === index,
  );
}

/** Returns whether a package supports this Node. All `engines` have the form `>=24` or `>=20.3`. */
export function isMadeFor({ manifest }: PackedPackage, { version }: Runtime): boolean {
  const [, major, minor = 0] = /^>=(\d+)(?:\.(\d+))?$/.exec(manifest.engines?.node ?? '') ?? [];
  if (!major) throw new Error(`${manifest.name}: engines must name the required Node, such as ">=24"`);
  const [itsMajor = 0, itsMinor = 0] = version.split('.').map(Number);
  return itsMajor === Number(major) ? itsMinor >= Number(minor) : itsMajor > Number(major);
}

function pack(name: string, dist: string, destination: string): PackedPackage {
  const { tarball, files } = packDist(dist, destination);
  const manifest = JSON.parse(
    execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], {
      encoding: 'utf8',
    }),
  );
  return {
    name,
    dist,
    tarball,
    files,
    manifest,
  };
}
