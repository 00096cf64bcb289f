import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { client, newIcon, newKey } from '@valetkey/conformance/fixtures';
import { createTestSite, type TestSite } from '@valetkey/test-support/site/test-site';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { backUpSqlite, createSqliteStore } from '../src/sqlite/sqlite-store.ts';

const main = fileURLToPath(new URL('../../admin/src/main.ts', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'valetkey-backup-'));
afterAll(() => rmSync(home, { recursive: true }));

let files = 0;
let path: string;
let to: string;
beforeEach(() => {
  files += 1;
  path = join(home, `${files}.sqlite`);
  to = join(home, `${files}.copy.sqlite`);
});

const codeOf = async (site: TestSite, key: string) => {
  const outcome = await site.authorize(key, { name: 'list#latest' });
  return outcome.kind === 'refused'
    ? ((await (await outcome.response()).json()) as { code: string }).code
    : 'allowed';
};

const makers = {
  backUpSqlite: () => backUpSqlite({ path, to }),
  'valetkey-admin backup': () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, '--database', path, 'backup', to], {
      encoding: 'utf8',
    });
    expect([status, stdout, stderr]).toEqual([0, `backup=${to}\n`, '']);
  },
};

describe.each(Object.entries(makers))('%s', (_name, backUp) => {
  test('restores keys, revocations, the audit and settings of a site that runs', async () => {
    const store = createSqliteStore({ path });
    const site = await createTestSite({ store });
    const active = await site.approve({ client_id: 'active' });
    const revoked = await site.approve({ client_id: 'revoked' });
    await site.send('/user-api-key/revoke', { method: 'POST', headers: { 'User-Api-Key': revoked.key } });
    await site.valetkey.settings.set('cors_origins', 'https://app.example');
    await store.registerClient(client, null);
    const icon = newIcon();
    await store.saveClientIcon({ kind: 'app', clientId: client.clientId }, icon);
    // The file alone lacks what is in the write-ahead log.
    const plainCopy = join(home, `${files}.plain.sqlite`);
    copyFileSync(path, plainCopy);
    const plain = new DatabaseSync(plainCopy);
    expect(() => plain.prepare('SELECT * FROM keys').all()).toThrow(/no such table/);
    plain.close();

    backUp();
    const later = await site.approve({ client_id: 'later' });
    const restored = await createTestSite({ store: createSqliteStore({ path: to }) });
    expect(await codeOf(restored, active.key)).toBe('allowed');
    expect(await codeOf(restored, revoked.key)).toBe('key_revoked');
    expect(await codeOf(restored, later.key)).toBe('key_unknown');
    expect(restored.valetkey.settings.current().cors_origins).toEqual(['https://app.example']);
    expect(await restored.store.findIcon(icon.hash)).toEqual(icon);
    const audit = await restored.get('/admin/user-api-key-audit.json', { cookie: 'session=admin' });
    expect(await audit.text()).toMatch(/"key_approved"|"approved"/);
    expect(await codeOf(site, later.key)).toBe('allowed');
    await site.valetkey.close();
    await restored.valetkey.close();
  });
});

test('valetkey-backup: a copy that is made while keys are issued has each earlier key, and is intact', async () => {
  const site = await createTestSite({ store: createSqliteStore({ path }) });
  const earlier = await site.approve({ client_id: 'earlier' });
  const child = spawn(process.execPath, [main, '--database', path, 'backup', to], { stdio: 'ignore' });
  const exited = once(child, 'exit');
  let isRunning = true;
  exited.then(() => {
    isRunning = false;
  });
  const during: string[] = [];
  while (isRunning) {
    const { key } = await site.store.replaceKey(newKey({ clientId: `client-${during.length}` }));
    during.push(key.keyHash);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await exited).toEqual([0, null]);
  const restored = await createTestSite({ store: createSqliteStore({ path: to }) });
  expect(await codeOf(restored, earlier.key)).toBe('allowed');
  const copied: boolean[] = [];
  for (const keyHash of during) copied.push((await restored.store.findKeyByHash(keyHash)) !== null);
  // A prefix of the keys: no later key without an earlier one.
  expect(copied).toEqual(copied.toSorted((x, y) => Number(y) - Number(x)));
  await site.valetkey.close();
  await restored.valetkey.close();
});

test('backUpSqlite: only the owner can read the copy', async () => {
  createSqliteStore({ path });
  backUpSqlite({ path, to });
  expect(statSync(to).mode & 0o777).toBe(0o600);
});

test('backUpSqlite: overwrites no file, and leaves no copy of a missing or damaged database', () => {
  expect(() => backUpSqlite({ path, to })).toThrow(expect.objectContaining({ code: 'source_missing' }));
  expect([existsSync(path), existsSync(to)]).toEqual([false, false]);
  createSqliteStore({ path });
  writeFileSync(to, 'precious');
  expect(() => backUpSqlite({ path, to })).toThrow(expect.objectContaining({ code: 'target_exists' }));
  expect(() => backUpSqlite({ path, to: path })).toThrow(expect.objectContaining({ code: 'target_exists' }));
  expect(statSync(to).size).toBe(8);
  const text = join(home, `${files}.txt`);
  writeFileSync(text, 'This is not a database, however long it is. '.repeat(100));
  const damagedCopy = `${to}.damaged`;
  expect(() => backUpSqlite({ path: text, to: damagedCopy })).toThrow(
    expect.objectContaining({ code: 'source_damaged' }),
  );
  expect(existsSync(damagedCopy)).toBe(false);
});
