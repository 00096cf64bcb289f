import fs, { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createKeyFile } from '../src/keys/key-file.ts';
import { createKeyRing, type KeyRing } from '../src/keys/key-ring.ts';
import type { Keychain } from '../src/keys/keychain.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'valetkey-ring-'));
  path = join(folder, 'valetkey/keys.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const KEY = 'ab'.repeat(16);
const granted = (site: string, username: string | null = null, key = KEY) => ({
  site,
  key,
  clientId: 'c',
  name: null,
  username,
  scopes: ['read'],
  expiresAt: null,
});

/** A keychain in memory. */
function createKeychain(
  secrets = new Map<string, string>(),
): Keychain & { readonly secrets: typeof secrets } {
  return {
    secrets,
    find: async (account) => secrets.get(account) ?? null,
    save: async (account, secret) => void secrets.set(account, secret),
    remove: async (account) => void secrets.delete(account),
  };
}

const locked: Keychain = {
  find: () => Promise.reject(new Error('locked')),
  save: () => Promise.reject(new Error('locked')),
  remove: () => Promise.reject(new Error('locked')),
};

const ringWith = (keychain: Keychain | null): KeyRing =>
  createKeyRing({ file: createKeyFile(path), keychain });
const readFile = () => readFileSync(path, 'utf8');

test('key ring: stores the key in the keychain and its entry in the file', async () => {
  const keychain = createKeychain();
  const ring = ringWith(keychain);
  const entry = await ring.add(granted('https://one.example'));
  expect(readFile()).not.toContain(KEY);
  expect([...keychain.secrets]).toEqual([[`https://one.example ${entry.id}`, KEY]]);
  expect(await ring.reveal(entry)).toEqual({ site: 'https://one.example', clientId: 'c', key: KEY });
  await ring.forget(entry);
  expect([keychain.secrets.size, ring.list()]).toEqual([0, []]);
});

test.each([
  ['there is none', null],
  ['it is locked and nobody opens it', locked],
])('key ring: stores the key in the file if %s', async (_case, keychain) => {
  const ring = ringWith(keychain);
  const entry = await ring.add(granted('https://one.example'));
  expect(entry.key).toBe(KEY);
  expect(await ring.reveal(entry)).toMatchObject({ key: KEY });
  await ring.forget(entry);
  expect(readFile()).not.toContain(KEY);
});

test('key ring: reports a missing or locked keychain, and keeps the entry', async () => {
  const entry = await ringWith(createKeychain()).add(granted('https://one.example', 'alice'));
  for (const keychain of [null, locked, createKeychain()]) {
    await expect(ringWith(keychain).reveal(entry)).rejects.toMatchObject({
      exitCode: 5,
      message: expect.stringMatching(/keychain.*alice on https:\/\/one\.example/),
    });
  }
  await ringWith(locked).forget(entry);
  expect(ringWith(null).list()).toEqual([]);
});

test('key ring: returns the replaced key of the same user for revocation', async () => {
  const keychain = createKeychain();
  const ring = ringWith(keychain);
  for (const [username, key] of Object.entries({ alice: '1'.repeat(32), bob: '2'.repeat(32) }))
    await ring.settle((await ring.add(granted('https://one.example', null, key))).id, username);
  const later = await ring.add(granted('https://one.example'));
  expect(await ring.settle(later.id, 'alice')).toMatchObject([{ key: '1'.repeat(32) }]);
  expect(ring.list().map(({ username }) => username)).toEqual(['bob', 'alice']);
  expect([...keychain.secrets.values()]).toEqual(['2'.repeat(32), KEY]);
});

const VERSION_1 = {
  clientId: 'of-this-installation',
  keys: [
    {
      site: 'https://one.example',
      key: KEY,
      clientId: 'own',
      username: 'alice',
      scopes: ['read'],
      expiresAt: null,
    },
    {
      site: 'https://two.example/forum',
      key: 'cd'.repeat(16),
      clientId: 'of-this-installation',
      username: null,
      scopes: ['read', 'write'],
      expiresAt: '2030-01-01T00:00:00Z',
    },
  ],
};

test('key file: version 1 is read and rewritten without loss', async () => {
  mkdirSync(join(folder, 'valetkey'));
  writeFileSync(path, JSON.stringify(VERSION_1), { mode: 0o600 });
  const ring = ringWith(createKeychain());
  const check = async (expected: typeof VERSION_1.keys) => {
    for (const old of expected) {
      const entry = ring.list().find(({ site }) => site === old.site);
      expect(entry).toMatchObject(old);
      expect(entry && (await ring.reveal(entry))).toMatchObject({ key: old.key, clientId: old.clientId });
    }
  };
  const [first, second] = VERSION_1.keys;
  await check(VERSION_1.keys);
  await ring.add(granted('https://three.example'));
  await check(VERSION_1.keys);
  const [entry] = ring.list();
  if (!entry || !first || !second) throw new Error('nothing was read');
  await ring.forget(entry);
  expect(ring.list().map(({ site }) => site)).toEqual([second.site, 'https://three.example']);
  await check([second]);
});

test('key file: a newer version stays unchanged', async () => {
  mkdirSync(join(folder, 'valetkey'));
  const text = JSON.stringify({ ...VERSION_1, version: 4 });
  writeFileSync(path, text, { mode: 0o600 });
  await expect(ringWith(null).add(granted('https://one.example'))).rejects.toMatchObject({
    exitCode: 5,
    message: expect.stringContaining('newer version of valetkey'),
  });
  expect(readFile()).toBe(text);
});

test('key file: a file system that cannot sync folders is supported', async () => {
  const settled = vi.spyOn(fs, 'fsyncSync').mockImplementation((file) => {
    if (fs.fstatSync(file).isDirectory()) throw Object.assign(new Error('fsync'), { code: 'EINVAL' });
  });
  syncBuiltinESMExports();
  onTestFinished(() => {
    settled.mockRestore();
    syncBuiltinESMExports();
  });
  const entry = await ringWith(null).add(granted('https://one.example'));
  expect(settled).toHaveBeenCalledTimes(2);
  expect(ringWith(null).list()).toEqual([entry]);
});
