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

test('what Node has compiled is kept where nobody else may write', async () => {
  expect((await run()).exitCode).toBe(0);
  expect(readdirSync(folder).length).toBeGreaterThan(0);
  expect([caches, folder].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700]);
});

test('a folder that others may write to is not used: what lies there would be run', async () => {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o777);
  expect((await run()).exitCode).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
});

test('where there can be no such folder, the command works all the same', async () => {
  writeFileSync(caches, 'A file.');
  expect(await run()).toMatchObject({ exitCode: 0, stderr: '' });
  expect(existsSync(folder)).toBe(false);
});

test('a folder that depends on where the command is run is not used: it may be somebody else’s work', async () => {
  expect((await run({ XDG_CACHE_HOME: relative(process.cwd(), caches) })).exitCode).toBe(0);
  expect(existsSync(folder)).toBe(false);
});

/** As for a user of a container, who has no entry in its list of users. */
const HOMELESS = `import os from 'node:os';
import { syncBuiltinESMExports } from 'node:module';
os.homedir = () => { throw new Error('There is no home.'); };
syncBuiltinESMExports();`;

test('who has no home can use the command all the same', async () => {
  const homeless = `--import=data:text/javascript,${encodeURIComponent(HOMELESS)}`;
  expect(await run({ XDG_CACHE_HOME: '', NODE_OPTIONS: homeless })).toMatchObject({
    exitCode: 0,
    stderr: '',
  });
});
