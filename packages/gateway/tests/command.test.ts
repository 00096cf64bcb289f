import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { configFor } from './support/gateway-site.ts';
import { type Service, startService } from './support/start-service.ts';

const main = join(import.meta.dirname, '../src/main.ts');
let folder: string;
let service: Service;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'valetkey-gateway-'));
  service = await startService();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

const file = () => join(folder, 'valetkey.yaml');

function run(...options: string[]) {
  const child = spawn(process.execPath, [main, '--config', file(), ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return {
    child,
    exited: once(child, 'exit'),
    lines: createInterface(child.stdout),
    errors: createInterface(child.stderr),
  };
}

/** Resolves with the first line that matches. */
function find(lines: Interface, pattern: RegExp): Promise<string> {
  return new Promise((resolve) => {
    lines.on('line', (line) => {
      if (pattern.test(line)) resolve(line);
    });
  });
}

test('valetkey-gateway --check: exits 0 for a valid file, 2 with file, line and remedy for another', async () => {
  writeFileSync(file(), configFor(service.url));
  expect((await run('--check').exited)[0]).toBe(0);
  writeFileSync(file(), configFor(service.url).replace('GET /api/notes,', 'FETCH /api/notes,'));
  const { exited, errors } = run('--check');
  expect(await find(errors, /./)).toMatch(/valetkey\.yaml:\d+:\d+: This is not a route\. Write a method of/);
  expect((await exited)[0]).toBe(2);
});

test('valetkey-gateway: an older Node gets a sentence, before a module fails to load', async () => {
  const older = `data:text/javascript,${encodeURIComponent("Object.defineProperty(process.versions, 'node', { value: '22.20.9' })")}`;
  const child = spawn(process.execPath, ['--import', older, main, '--help'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const error = find(createInterface(child.stderr), /./);
  expect([await once(child, 'exit'), await error]).toEqual([
    [1, null],
    'valetkey-gateway needs Node 22.21 or newer; this is Node 22.20.9.',
  ]);
});

test('valetkey-gateway: serves, reloads on SIGHUP, keeps the old configuration if the new one is wrong, stops on SIGTERM', async () => {
  writeFileSync(file(), configFor(service.url));
  const { child, lines, errors, exited } = run('--port', '0', '--access-log');
  const listening = await find(lines, /^listening on /);
  const url = listening.replace('listening on ', '');
  const logged = find(lines, /"path":"\/any"/);
  expect(await (await fetch(`${url}/any?user_api_key=0123456789abcdef0123456789abcdef`)).text()).toBe(
    'GET /any',
  );
  expect(await logged).not.toContain('0123456789abcdef');

  const kept = find(errors, /^The old configuration stays in force/);
  const reason = find(errors, /valetkey\.yaml:\d+:\d+: The field scops is unknown/);
  writeFileSync(file(), configFor(service.url).replace('scopes:', 'scops:'));
  child.kill('SIGHUP');
  await Promise.all([kept, reason]);
  expect((await fetch(`${url}/any`)).status).toBe(200);

  const applied = find(lines, /^The new configuration applies/);
  writeFileSync(file(), configFor(service.url, 'limits: { body_bytes: 1 }'));
  child.kill('SIGHUP');
  await applied;
  expect((await fetch(`${url}/any`, { method: 'POST', body: 'xx' })).status).toBe(413);

  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
});
