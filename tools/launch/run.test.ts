import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../source-tree.ts';

const SCRIPT = 'apps/script.mjs';
const dependency = { version: '1.0.0', integrity: 'sha512-one' };
const optional = { version: '2.0.0', integrity: 'sha512-two', optional: true, os: ['other'] };

/** In place of npm. It installs one package when the pipe `gate` is opened for writing, or at once if there is none. */
const NPM = `#!${process.execPath}
const fs = require('node:fs');
fs.appendFileSync('npm.log', process.argv.slice(2).join(' ') + '\\n');
console.error('npm started');
if (fs.existsSync('gate')) fs.readFileSync('gate');
fs.mkdirSync('node_modules', { recursive: true });
const { '': _, ...packages } = JSON.parse(fs.readFileSync('package-lock.json', 'utf8')).packages;
for (const [path, { optional }] of Object.entries(packages)) if (optional) delete packages[path];
fs.cpSync('node-package', 'node_modules', { recursive: true, verbatimSymlinks: true });
fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }));
`;

let clone: string;
let running: ChildProcess[];

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'valetkey-clone-'));
  running = [];
  cpSync(join(root, 'tools/run.mjs'), join(clone, 'tools/run.mjs'));
  cpSync(join(root, 'tools/launch'), join(clone, 'tools/launch'), { recursive: true });
  writeLock({ 'node_modules/dependency': dependency, 'node_modules/optional': optional });
  mkdirSync(join(clone, 'bin'));
  writeFileSync(join(clone, 'bin/npm'), NPM);
  chmodSync(join(clone, 'bin/npm'), 0o755);
  mkdirSync(join(clone, 'apps'));
  script("console.log('started')");
  copyNodePackage();
});

afterEach(() => {
  for (const child of running) if (child.exitCode === null) child.kill('SIGKILL');
  rmSync(clone, { recursive: true });
});

function writeLock(packages: object): void {
  writeFileSync(join(clone, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...packages } }));
}

function script(text: string): void {
  writeFileSync(join(clone, SCRIPT), text);
}

/** The package of this platform contains the Node that runs this test, as a link. */
function copyNodePackage(): void {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  const folder = join(clone, 'node-package', `${prefix}-${system}-${process.arch}`, 'bin');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'node'), `#!/bin/sh\nexec "${process.execPath}" "$@"\n`);
  chmodSync(join(folder, 'node'), 0o755);
}

/** A launcher, its output line by line, and its exit code. */
function launch(env: NodeJS.ProcessEnv = {}, program = [process.execPath, 'tools/run.mjs', SCRIPT]) {
  const [command = '', ...args] = program;
  const child = spawn(command, args, {
    cwd: clone,
    env: { ...process.env, PATH: [join(clone, 'bin'), process.env.PATH].join(delimiter), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const lines: string[] = [];
  const waiting: { pattern: RegExp; resolve: (line: string) => void }[] = [];
  for (const input of [child.stdout, child.stderr])
    createInterface({ input }).on('line', (line) => {
      lines.push(line);
      for (const { pattern, resolve } of waiting) if (pattern.test(line)) resolve(line);
    });
  return {
    child,
    lines,
    exit: once(child, 'close').then(([code]) => code as number | null),
    line(pattern: RegExp): Promise<string> {
      const found = lines.find((line) => pattern.test(line));
      return found ? Promise.resolve(found) : new Promise((resolve) => waiting.push({ pattern, resolve }));
    },
  };
}

const closeGate = () => spawnSync('mkfifo', [join(clone, 'gate')]);
/** npm reads the end of the pipe. */
const openGate = () => spawnSync('sh', ['-c', ': > gate'], { cwd: clone, timeout: 10_000 });
const installations = () => readFileSync(join(clone, 'npm.log'), 'utf8').trim().split('\n');

test('run.mjs: two commands in a fresh clone install once, and both start', async () => {
  closeGate();
  const first = launch();
  await first.line(/npm started/);
  const second = launch();
  await second.line(/^Process \d+ installs the dependencies/);
  openGate();
  expect(await Promise.all([first.exit, second.exit])).toEqual([0, 0]);
  expect([first.lines, second.lines]).toEqual([
    expect.arrayContaining(['started']),
    expect.arrayContaining(['started']),
  ]);
  expect(installations()).toEqual(['ci --ignore-scripts --no-audit --no-fund --loglevel=error']);
});

test('run.mjs: after kill -9 of an installing command, the next one waits for its npm', async () => {
  closeGate();
  const first = launch();
  await first.line(/npm started/);
  first.child.kill('SIGKILL');
  const second = launch();
  await second.line(/^Process \d+ installs/);
  openGate();
  expect(await second.exit).toBe(0);
  expect(installations()).toHaveLength(1);
});

test.each([
  ['of a process that ended', () => String(spawnSync('true').pid)],
  ['without content', () => ''],
  ['of the same process id', () => '$$'],
])('run.mjs: a lock %s is removed', async (_name, holder) => {
  const command = `printf '%s' "${holder()}" > .install-lock; exec "${process.execPath}" tools/run.mjs ${SCRIPT}`;
  const { exit, lines } = launch({}, ['sh', '-c', command]);
  expect(await exit).toBe(0);
  expect(lines).toContain('started');
  expect(installations()).toHaveLength(1);
});

test('run.mjs: a tree that npm installed is not installed again, a different one is', async () => {
  await launch().exit;
  const isInstalledAgain = async () => {
    rmSync(join(clone, 'npm.log'), { force: true });
    writeFileSync(join(clone, 'npm.log'), '');
    expect(await launch().exit).toBe(0);
    return installations()[0] !== '';
  };
  expect(await isInstalledAgain()).toBe(false);
  writeLock({ 'node_modules/dependency': { ...dependency, version: '1.0.1' } });
  expect(await isInstalledAgain()).toBe(true);
  writeLock({ 'node_modules/dependency': { ...dependency, integrity: 'sha512-other' } });
  expect(await isInstalledAgain()).toBe(true);
  writeLock({ 'node_modules/dependency': dependency, 'node_modules/new': dependency });
  expect(await isInstalledAgain()).toBe(true);
  writeLock({ 'node_modules/dependency': dependency });
  expect(await isInstalledAgain()).toBe(true);
  writeLock({
    'node_modules/dependency': dependency,
    'packages/own': {},
    'node_modules/own': { link: true },
  });
  expect(await isInstalledAgain()).toBe(true);
  expect(await isInstalledAgain()).toBe(false);
  rmSync(join(clone, 'node_modules/.package-lock.json'));
  expect(await isInstalledAgain()).toBe(true);
});

test('run.mjs: exits with the code of npm if the installation fails, and leaves no lock', async () => {
  writeFileSync(join(clone, 'bin/npm'), '#!/bin/sh\nexit 7\n');
  const { exit, lines } = launch();
  expect(await exit).toBe(7);
  expect(lines).not.toContain('started');
  expect(spawnSync('ls', ['-A', clone], { encoding: 'utf8' }).stdout).not.toContain('.install-lock');
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'run.mjs: passes %s on, and exits with the code of the script',
  async (signal) => {
    script(
      `process.once('${signal}', () => process.exit(9)); setInterval(() => {}, 1000); console.log('up');`,
    );
    const { child, exit, line } = launch();
    await line(/^up$/);
    child.kill(signal);
    expect(await exit).toBe(9);
  },
);

test('run.mjs: the script ends if the shell of npm ends without passing the signal on', async () => {
  script(`process.once('SIGTERM', () => { console.log('ended'); process.exit(0); });
    setInterval(() => {}, 1000); console.log('up');`);
  const command = `"${process.execPath}" tools/run.mjs ${SCRIPT}; true`;
  const { child, exit, line, lines } = launch({ npm_lifecycle_event: 'start' }, ['sh', '-c', command]);
  await line(/^up$/);
  child.kill('SIGTERM');
  // The output closes when the last process that has it ends.
  await exit;
  expect(lines).toContain('ended');
});
