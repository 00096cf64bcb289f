import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { createSqliteStore, StoreInUseError } from './sqlite-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'valetkey-lock-'));
const children = new Set<ChildProcess>();
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Opens the store and keeps it open until it is killed. */
const HOLDER = `
  const { createSqliteStore } = await import(process.argv[1]);
  try {
    globalThis.store = createSqliteStore({ path: process.argv[2] });
    console.log('open');
    setInterval(() => {}, 60_000);
  } catch (error) {
    console.log(error.code);
  }`;

function startProcess(path: string) {
  const module = new URL('./sqlite-store.ts', import.meta.url).href;
  const child = spawn(process.execPath, ['--input-type=module', '-e', HOLDER, module, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  return child;
}

async function openInProcess(path: string): Promise<ChildProcess> {
  const child = startProcess(path);
  const [line] = await once(child.stdout, 'data');
  expect(String(line)).toBe('open\n');
  return child;
}

const wait = { timeout: 60_000 };

test(
  'createSqliteStore: refuses a database that another process uses, until that process is killed',
  wait,
  async () => {
    const path = join(folder, 'two-processes.sqlite');
    const first = await openInProcess(path);
    const second = startProcess(path);
    expect(await text(second.stdout)).toBe('store_in_use\n');
    const ended = once(first, 'exit');
    first.kill('SIGKILL');
    await ended;
    const third = await openInProcess(path);
    third.kill('SIGKILL');
  },
);

test('createSqliteStore: refuses a second store in one process, also by a symbolic link, until the first is closed', async () => {
  const path = join(folder, 'one-process.sqlite');
  const link = join(folder, 'link.sqlite');
  const first = createSqliteStore({ path });
  symlinkSync(path, link);
  for (const same of [path, link]) {
    expect(() => createSqliteStore({ path: same })).toThrow(StoreInUseError);
    expect(() => createSqliteStore({ path: same })).toThrow(
      /^Another process uses the database .*Stop that process/,
    );
  }
  // A refused attempt does not release the lock.
  expect(() => createSqliteStore({ path })).toThrow(StoreInUseError);
  await first.close();
  await createSqliteStore({ path: link }).close();
});

test('createSqliteStore: lets other programs read the database, and back it up', async () => {
  const path = join(folder, 'backup.sqlite');
  const copy = join(folder, 'copy.sqlite');
  const store = createSqliteStore({ path });
  await store.saveSettings(new Map([['cors_origins', 'a']]));
  const reader = new DatabaseSync(path);
  reader.exec(`VACUUM INTO '${copy}'`);
  reader.close();
  const restored = createSqliteStore({ path: copy });
  expect(await restored.listSettings()).toEqual(new Map([['cors_origins', 'a']]));
  await restored.close();
  await store.close();
});

test('createSqliteStore: opens any number of databases in memory', async () => {
  const stores = [createSqliteStore({ path: ':memory:' }), createSqliteStore({ path: ':memory:' })];
  for (const store of stores) await store.close();
});
