import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';
import { findFreePort } from '../../examples/test-support/run-app.ts';
import { environmentOfUser } from '../../tools/build/pack-dist.ts';
import { root } from '../../tools/source-tree.ts';
import { packAll } from './packed-packages.ts';
import { readGuide } from './read-guide.ts';
import { startRegistry } from './start-registry.ts';

const home = mkdtempSync(join(tmpdir(), 'valetkey-stranger-'));
const folder = join(home, 'my-app');
const running: ChildProcess[] = [];
mkdirSync(folder);
const registry = await startRegistry(packAll(home));
// The only difference from a real installation: npm’s registry has the unpublished packages.
writeFileSync(join(folder, '.npmrc'), `registry=${registry.url}\n`);
afterAll(() => {
  for (const { pid, exitCode, signalCode } of running)
    if (pid && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
  registry.close();
  rmSync(home, { recursive: true });
});

/** The shell of a new user: the Node of the guide, and a separate folder for keys. */
function start(command: string, cwd = folder): ChildProcess {
  const env = {
    ...environmentOfUser(),
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    BROWSER: '/bin/true',
  };
  // Its own process group, so that the processes of `npx` end too.
  const child = spawn('sh', ['-c', command], { cwd, env, stdio: 'pipe', detached: true });
  running.push(child);
  return child;
}

/** Approves as alice what the command requests, and returns its complete output. */
async function runToTheEnd(command: string, control: string | null, cwd = folder): Promise<string> {
  const child = start(command, cwd);
  let output = '';
  const listen = async (stream: NodeJS.ReadableStream) => {
    for await (const line of createInterface({ input: stream })) {
      output += `${line}\n`;
      const address = /http\S+\/user-api-key\/new\?\S+/.exec(line)?.[0];
      if (address) await approve(address, control);
    }
  };
  const ended = once(child, 'close');
  await Promise.all([child.stdout, child.stderr].map((stream) => stream && listen(stream)));
  const [exitCode] = await ended;
  expect(exitCode, `${command}\n${output}`).toBe(0);
  return output;
}

async function approve(address: string, control: string | null): Promise<void> {
  const body = new URLSearchParams({ url: address, as: 'alice' });
  const answer = await fetch(`${control}/approve`, { method: 'POST', body });
  const { redirect_url } = (await answer.json()) as { redirect_url: string };
  await fetch(redirect_url);
}

test('the guide: its commands alone work in an empty folder', async () => {
  const guide = readFileSync(join(root, 'docs/guides/first-app.md'), 'utf8');
  const steps = readGuide(guide.replaceAll('4800', String(await findFreePort())));
  expect(steps.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['file', 'command', 'output']));
  let control: string | null = null;
  let output = '';
  for (const step of steps) {
    if (step.kind === 'file') writeFileSync(join(folder, step.name), step.text);
    else if (step.kind === 'output') expect(output).toContain(step.text);
    else if (!step.isInSecondTerminal) output = await runToTheEnd(step.text, control);
    else {
      const { stdout } = start(step.text);
      if (!stdout) throw new Error('A command without output');
      const [line] = (await once(createInterface({ input: stdout }), 'line')) as [string];
      control = (JSON.parse(line) as { control: string }).control;
    }
  }
  expect(output).toMatch(/revoked|logged out|forgot/i);
});

test('npx: finds the command by its documented name in an empty folder', async () => {
  const empty = join(home, 'empty');
  mkdirSync(empty);
  cpSync(join(folder, '.npmrc'), join(empty, '.npmrc'));
  expect(await runToTheEnd('npx --yes valetkey --help', null, empty)).toContain(
    'valetkey <command> [options]',
  );
});

const recipes = globSync('examples/*/package.json', { cwd: root }).map((file) => dirname(file));

test.each(recipes)('%s: installs and compiles in an empty folder', async (recipe) => {
  const copy = join(home, basename(recipe));
  const isTheirs = (file: string) => !file.endsWith('recipe.test.ts');
  cpSync(join(root, recipe), copy, { recursive: true, filter: isTheirs });
  cpSync(join(folder, '.npmrc'), join(copy, '.npmrc'));
  const { devDependencies = {} } = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8'));
  // Electron downloads a program; only its types are used here.
  const omit = 'electron' in devDependencies ? '--omit=dev' : '';
  await runToTheEnd(`npm install ${omit} --no-audit --no-fund`, null, copy);
  if (omit) symlinkSync(join(root, 'node_modules/electron'), join(copy, 'node_modules/electron'));
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2024',
    lib: ['es2024', 'dom', 'dom.iterable'],
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    // Some frameworks have errors in their own declarations.
    skipLibCheck: true,
    typeRoots: [join(root, 'node_modules/@types')],
    types: ['node'],
  };
  const config = { compilerOptions, include: ['*.ts'] };
  const configFile = join(copy, 'tsconfig.json');
  if (!existsSync(configFile)) writeFileSync(configFile, JSON.stringify(config));
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { typeRoots } = compilerOptions;
  await runToTheEnd(`node ${compiler} -p . --noEmit --types node --typeRoots ${typeRoots}`, null, copy);
});
