// Measures the time from `npx valetkey login` to its first prompt. It starts the command against a test site,
// alternately from this repository and from the packed tarballs. The lower bound is a bare `npx` of a one-line
// program. The first run, without caches, is reported separately.
// Run: npm run build && node_modules/.bin/node bench/login.ts [--runs 15] (see bench/README.md)
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { startTestSite } from '@valetkey/forum/testing';
import { findRuntimes, installPackages } from '../tests/artifact/packed-packages.ts';
import { environmentOfUser } from '../tools/build/pack-dist.ts';
import { root } from '../tools/source-tree.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '15' } } });
const home = mkdtempSync(join(tmpdir(), 'valetkey-bench-'));
const installed = installPackages();
const site = await startTestSite({
  settings: { allowed_user_api_auth_redirects: 'http://127.0.0.1/*' },
});

/** Returns the milliseconds until the output of a program contains `words`, then stops it. */
async function timeUntil(words: string, command: string, cwd: string, node: string): Promise<number> {
  const env = {
    ...environmentOfUser(),
    PATH: [dirname(node), ...(process.env.PATH ?? '').split(delimiter).filter(isTheirs)].join(delimiter),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
  };
  const start = performance.now();
  // Its own process group, so that the processes of `npx` end too.
  const child = spawn('sh', ['-c', `exec ${command}`], { cwd, env, stdio: 'pipe', detached: true });
  let said = '';
  const took = await new Promise<number>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said += chunk;
        if (said.includes(words)) resolve(performance.now() - start);
      });
    child.once('close', () => reject(new Error(`${command} ended without “${words}”:\n${said}`)));
  });
  if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
  await new Promise((ended) => (child.exitCode === null ? child.once('close', ended) : ended(null)));
  return took;
}

const isTheirs = (folder: string): boolean => !folder.includes('node_modules');

function writeBareProgram(): void {
  const program = join(installed.folder, 'node_modules/.bin/bare-program');
  writeFileSync(program, '#!/usr/bin/env node\nconsole.log("ready");\n');
  chmodSync(program, 0o755);
}

function sum(times: readonly number[]): string {
  const [first = 0, ...later] = times;
  const sorted = later.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  return `${at(0.5)} ms (${at(0.25)} to ${at(0.75)}; worst ${at(1)}; the first run ${Math.round(first)})`;
}

mkdirSync(join(home, 'cache'));
writeBareProgram();
const login = `npx valetkey login ${site.url} --no-browser`;
const [pinned, own = pinned] = findRuntimes();
if (!pinned || !own) throw new Error('No Node was found.');
const measured = [
  ['a bare npx of one line', 'ready', 'npx bare-program', installed.folder, own],
  ['login from this repository', 'Open this address', login, root, own],
  ['login from the tarballs', 'Open this address', login, installed.folder, own],
  ['login from the tarballs', 'Open this address', login, installed.folder, pinned],
] as const;

try {
  const times = measured.map((): number[] => []);
  for (let run = 0; run <= Number(values.runs); run += 1)
    for (const [index, [, words, command, cwd, { path }]] of measured.entries())
      times[index]?.push(await timeUntil(words, command, cwd, path));
  for (const [index, [what, , , , { version }]] of measured.entries())
    console.log(`${`${what}, Node ${version}`.padEnd(44)} ${sum(times[index] ?? [])}`);
} finally {
  await site.close();
  installed.remove();
  rmSync(home, { recursive: true });
}
