import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findProgram } from '@valetkey/test-support/find-program';
import { chromiumPath } from '../../tests/browser/chromium.ts';

/** A program that a recipe needs beside Node: its path, or how to install it. */
interface Need {
  readonly program: string | null;
  readonly obstacle: string;
}

const canImport = (path: string, module: string): boolean =>
  spawnSync(path, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0;

const frameworks = join(import.meta.dirname, '../node_modules/.package-lock.json');
/** Large packages that are no dependency of a developer, installed by `npm run examples`. */
const needsFrameworks = (): Need => ({
  program: existsSync(frameworks) ? process.execPath : null,
  obstacle: 'its packages are not installed: run `npm run examples` (400 MB)',
});

/** By the folder of the recipe. The others need only Node. */
const NEEDS: Readonly<Record<string, () => Need>> = {
  '01-web-page': () => ({
    program: chromiumPath,
    obstacle: 'there is no Chromium: install it with `apt-get install chromium`',
  }),
  '06-php-sign-in': () => ({
    program: findProgram('php'),
    obstacle: 'there is no PHP: apt-get install php-cli',
  }),
  '07-python-script': () => ({
    // Prefer Debian's Python: packages of apt are only for it.
    program:
      ['/usr/bin/python3', findProgram('python3')].find(
        (path) => path && existsSync(path) && canImport(path, 'cryptography'),
      ) ?? null,
    obstacle: 'there is no Python with cryptography: apt-get install python3-cryptography',
  }),
  '08-ruby-script': () => ({
    program: findProgram('ruby'),
    obstacle: 'there is no Ruby: apt-get install ruby',
  }),
  '09-shell-script': () => ({
    program: findProgram('openssl') && findProgram('curl') && findProgram('sh'),
    obstacle: 'there is no openssl or no curl: apt-get install openssl curl',
  }),
  '13-better-auth-site': needsFrameworks,
  '14-nest-site': needsFrameworks,
  '15-next-site': needsFrameworks,
};

/** Returns the recipes that cannot run on this machine, with the reason. */
export function findObstacles(): { recipe: string; obstacle: string }[] {
  return Object.entries(NEEDS).flatMap(([recipe, find]) => {
    const { program, obstacle } = find();
    return program === null ? [{ recipe, obstacle }] : [];
  });
}

/** Returns the program that runs the recipe in this folder. @throws Error if it is not installed */
export function getProgram(folder: string): string {
  const need = NEEDS[basename(folder)]?.();
  if (!need?.program) throw new Error(need?.obstacle ?? `${folder} needs no program`);
  return need.program;
}
