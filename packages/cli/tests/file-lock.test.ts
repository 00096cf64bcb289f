import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withFileLock } from '../src/keys/file-lock.ts';

let lock: string;
beforeEach(() => {
  lock = join(mkdtempSync(join(tmpdir(), 'valetkey-lock-')), 'keys.json.lock');
});
afterEach(() => rmSync(dirname(lock), { recursive: true }));

/** Three attempts, without a clock. */
const timing = { tries: 3, pause: () => Promise.resolve() };

async function endedProcess(): Promise<number> {
  const child = spawn('true');
  await once(child, 'close');
  return child.pid ?? 0;
}

/** A separate process that stores fifteen keys one by one. */
const SAVES = `
  import { createKeyFile } from '${join(import.meta.dirname, '../src/keys/key-file.ts')}';
  import { createKeyRing } from '${join(import.meta.dirname, '../src/keys/key-ring.ts')}';
  const [path, name] = process.argv.slice(1);
  const ring = createKeyRing({ file: createKeyFile(path), keychain: null });
  for (let saved = 0; saved < 15; saved += 1) {
    const clientId = await ring.installationSecret();
    const site = 'https://' + name + saved + '.example';
    await ring.add({ site, key: 'k', clientId, name: null, username: null, scopes: [], expiresAt: null });
  }`;

test('key file: concurrent commands lose no key and use one installation secret', async () => {
  const path = lock.replace(/\.lock$/, '');
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const ended = names.map((name) =>
    once(
      spawn(process.execPath, ['--input-type=module', '--eval', SAVES, path, name], { stdio: 'inherit' }),
      'close',
    ),
  );
  expect((await Promise.all(ended)).map(([code]) => code)).toEqual(names.map(() => 0));
  const { secret, keys } = JSON.parse(readFileSync(path, 'utf8'));
  const sites = new Set(keys.map(({ site }: { site: string }) => site));
  expect(sites.size).toBe(names.length * 15);
  expect(new Set(keys.map((entry: { clientId: string }) => entry.clientId))).toEqual(new Set([secret]));
  expect(readdirSync(dirname(lock))).toEqual(['keys.json']);
});

test('file lock: removes the lock of a killed process', async () => {
  writeFileSync(lock, `${await endedProcess()} ${hostname()}`);
  expect(await withFileLock(lock, () => 'done', timing)).toBe('done');
  expect(readdirSync(dirname(lock))).toEqual([]);
});

test.each([
  ['of a process that runs', () => `${process.pid} ${hostname()}`],
  ['of another computer', async () => `${await endedProcess()} elsewhere.example`],
  ['that nobody has signed yet', () => ''],
])('file lock: respects a lock %s and says what to do', async (_case, owner) => {
  writeFileSync(lock, await owner());
  await expect(withFileLock(lock, () => 'done', timing)).rejects.toMatchObject({
    exitCode: 5,
    message: expect.stringContaining(lock),
  });
  expect(existsSync(lock)).toBe(true);
});

test('file lock: is released after an error', async () => {
  const failing = () => {
    throw new Error('no space left');
  };
  await expect(withFileLock(lock, failing, timing)).rejects.toThrow('no space left');
  expect(existsSync(lock)).toBe(false);
});
