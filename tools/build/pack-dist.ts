import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** A tarball as `npm publish` would upload it. `files` are the paths inside it. */
export interface PackedDist {
  readonly tarball: string;
  readonly files: readonly string[];
}

/** Packs a `dist/` into a folder. @throws Error if it has not been built */
export function packDist(dist: string, destination: string): PackedDist {
  if (!existsSync(dist)) throw new Error(`${dist} does not exist. Run \`npm run build\` first.`);
  mkdirSync(destination, { recursive: true });
  const args = ['pack', '--json', '--loglevel=error', '--pack-destination', destination];
  const env = environmentOfUser();
  const output = execFileSync('npm', args, {
    cwd: dist,
    encoding: 'utf8',
    env,
    shell: process.platform === 'win32',
  });
  const [packed] = Object.values(JSON.parse(output)) as [{ filename: string; files: { path: string }[] }];
  return { tarball: join(destination, packed.filename), files: packed.files.map(({ path }) => path) };
}

/** The environment without the variables that npm and Vitest set for their scripts. */
export function environmentOfUser(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_ENV$|^VITEST|^INIT_CWD$/.test(name)),
  );
}
