import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

const run = () => home.run(['--version'], { env: { NODE_COMPILE_CACHE: '' } });

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
