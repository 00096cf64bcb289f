import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { globSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { packAll } from '../../tools/build/pack-all.ts';
import { environmentOfUser } from '../../tools/build/pack-dist.ts';
import { root } from '../../tools/source-tree.ts';
import { readGuide } from './read-guide.ts';

const home = mkdtempSync(join(tmpdir(), 'valetkey-clone-'));
const project = join(home, 'project');
afterAll(() => rmSync(home, { recursive: true }));

function run(command: string): SpawnSyncReturns<string> {
  const env = { ...environmentOfUser(), npm_config_prefer_offline: 'true', npm_config_audit: 'false' };
  return spawnSync('sh', ['-c', command], { cwd: project, encoding: 'utf8', env });
}

function expectSuccess(command: string): void {
  const { status, stdout, stderr } = run(command);
  expect(status, `${command}\n${stdout}${stderr}`).toBe(0);
}

/** Each installed package is a folder without TypeScript sources, and can be imported. */
function expectPackages(names: readonly string[]): void {
  for (const name of names) {
    const folder = join(project, 'node_modules', name);
    expect(lstatSync(folder).isSymbolicLink(), name).toBe(false);
    expect(globSync('**/*.ts', { cwd: folder }).filter((file) => !file.endsWith('.d.ts'))).toEqual([]);
  }
  const code = `await import('@valetkey/client'); await import('@valetkey/forum/testing');`;
  expectSuccess(`"${process.execPath}" --input-type=module --eval "${code}"`);
}

test('install-from-a-clone: the packages stay compiled packages after more installations', {
  timeout: 300_000,
}, () => {
  packAll(join(home, 'clone/dist'));
  mkdirSync(project);
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ name: 'app', private: true, type: 'module' }),
  );
  const guide = readFileSync(join(root, 'docs/guides/install-from-a-clone.md'), 'utf8');
  const commands = readGuide(guide.replaceAll('CLONE', join(home, 'clone')));
  expect(commands.length).toBe(2);
  for (const { kind, text } of commands) {
    expect(kind).toBe('command');
    expectSuccess(text);
  }
  const names = ['protocol', 'client', 'server', 'sql-store', 'oauth', 'mcp', 'valkey', 'forum'].map(
    (name) => `@valetkey/${name}`,
  );
  expectPackages(names);
  for (const command of ['npm install uqr', 'npm install', 'npm uninstall uqr', 'npm ci']) {
    expectSuccess(command);
    expectPackages(names);
  }
});
