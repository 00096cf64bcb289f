import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHome, type Home } from './run-command.ts';

let home: Home;
let caches: string;
let folder: string;
beforeEach(() => {
  home = createHome();
  caches = join(dirname(dirname(home.keyFile)), 'cache');
  folder = join(caches, 'valetkey');
});
afterEach(() => home.remove());

const run = (env = {}) => home.run(['--version'], { env: { NODE_COMPILE_CACHE: '', ...env } });

test('compile cache: is in a folder that only the user can write to', async () => {
  expect((await run()).exitCode).toBe(0);
  expect(readdirSync(folder).length).toBeGreaterThan(0);
  expect([caches, folder].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700]);
});

test('compile cache: does not use a folder that others can write to', async () => {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o777);
  expect((await run()).exitCode).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
});

test('compile cache: is optional', async () => {
  writeFileSync(caches, 'A file.');
  expect(await run()).toMatchObject({ exitCode: 0, stderr: '' });
  expect(existsSync(folder)).toBe(false);
});

test('compile cache: does not use a relative path', async () => {
  expect((await run({ XDG_CACHE_HOME: relative(process.cwd(), caches) })).exitCode).toBe(0);
  expect(existsSync(folder)).toBe(false);
});

/** Simulates a container user without an entry in /etc/passwd. */
const HOMELESS = `import os from 'node:os';
import { syncBuiltinESMExports } from 'node:module';
os.homedir = () => { throw new Error('There is no home.'); };
syncBuiltinESMExports();`;

test('compile cache: needs no home directory', async () => {
  const homeless = `--import=data:text/javascript,${encodeURIComponent(HOMELESS)}`;
  expect(await run({ XDG_CACHE_HOME: '', NODE_OPTIONS: homeless })).toMatchObject({
    exitCode: 0,
    stderr: '',
  });
});
