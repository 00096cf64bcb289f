import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumPath } from '../browser/chromium.ts';

/** A JavaScript runtime and how to start it. */
export interface Runtime {
  readonly name: string;
  /** Null if it is not installed. */
  readonly program: string | null;
  /** Arguments before the file or the URL. */
  readonly args: readonly string[];
}

const own = (path: string): string | null => {
  const file = join(import.meta.dirname, 'node_modules', path);
  return existsSync(file) ? file : null;
};

/** Each platform has its own package, so that the lock file pins it. */
const ownNode = (name: string): string | null =>
  own(
    `${name}-${process.platform}-${process.arch}/bin/${process.platform === 'win32' ? 'node.exe' : 'node'}`,
  );

/** Runtimes that run a file and print. */
export const PROGRAMS: readonly Runtime[] = [
  { name: 'Node 20', program: ownNode('node-20'), args: [] },
  { name: 'Node 22', program: ownNode('node-22'), args: [] },
  { name: 'Node 24', program: process.execPath, args: [] },
  { name: 'Bun', program: own('bun/bin/bun.exe'), args: ['run'] },
  {
    name: 'Deno',
    program: own('deno/deno'),
    args: ['run', '--allow-net=127.0.0.1', '--allow-env', '--no-prompt'],
  },
];

/** Runtimes for the program of a site: the oldest Node that @valetkey/server supports, and the maintained ones. */
export const SERVER_PROGRAMS: readonly Runtime[] = [
  { name: 'Node 22.13', program: ownNode('node-22.13'), args: [] },
  { name: 'Node 22', program: ownNode('node-22'), args: [] },
  { name: 'Node 24', program: process.execPath, args: [] },
  { name: 'Node 26', program: ownNode('node-26'), args: [] },
];

const firefoxPath =
  [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find(
    (path) => path && existsSync(path),
  ) ?? null;

/** Browsers that open a URL, headless, with a temporary profile. */
export const BROWSERS: readonly Runtime[] = [
  {
    name: 'Chromium',
    program: chromiumPath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
    ],
  },
  { name: 'Firefox', program: firefoxPath, args: ['--headless', '--no-remote', '--new-instance'] },
];

/** Runs a program until it exits. */
export async function runProgram({ program, args }: Runtime, file: string, ...rest: string[]): Promise<void> {
  const child = spawn(program ?? '', [...args, file, ...rest], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaints = '';
  child.stderr.on('data', (chunk) => {
    complaints += chunk;
  });
  const code = await new Promise((resolve) => void child.on('close', resolve));
  if (code !== 0) throw new Error(`ended with ${code}: ${complaints.slice(-2000)}`);
}

/** Opens a page in its own browser. @returns a function that closes it and deletes its profile */
export function openBrowser({ name, program, args }: Runtime, address: string): () => Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'valetkey-profile-'));
  writeFileSync(
    join(profile, 'user.js'),
    'user_pref("datareporting.policy.dataSubmissionEnabled", false);\n',
  );
  const own = name === 'Firefox' ? ['--profile', profile] : [`--user-data-dir=${profile}`];
  const child = spawn(program ?? '', [...args, ...own, address], { stdio: 'ignore', detached: true });
  const closed = new Promise((resolve) => void child.on('close', resolve));
  return async () => {
    // The complete process group, because a browser has many processes.
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    await closed;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
}
