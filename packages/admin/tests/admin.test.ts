import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashKey, type Store } from '@valetkey/server';
import { openPostgresStore } from '@valetkey/sql-store/postgres';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { describeWhen } from '@valetkey/test-support/describe-when';
import { findProgram } from '@valetkey/test-support/find-program';
import { createTestDatabase } from '@valetkey/test-support/postgres/test-database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { admin, adminJson, fill, NOW, runAdmin } from './admin-command.ts';

const SECRET = 'feed'.repeat(8);
const folder = mkdtempSync(join(tmpdir(), 'valetkey-admin-'));
const postgres = await createTestDatabase();
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await postgres.drop();
});

const databases = {
  sqlite: { name: join(folder, 'site.sqlite'), open: (path: string): Store => createSqliteStore({ path }) },
  postgres: { name: postgres.url, open: (url: string): Promise<Store> => openPostgresStore({ url }) },
};

describe.each(Object.entries(databases))('valetkey-admin on %s', (kind, { name, open }) => {
  let keys: Record<string, string>;
  const file = (end: string) => join(folder, `${kind}.${end}`);
  const withStore = async <Result>(use: (store: Store) => Promise<Result>): Promise<Result> => {
    const store = await open(name);
    try {
      return await use(store);
    } finally {
      await store.close();
    }
  };

  beforeAll(async () => {
    keys = await withStore(fill);
  });

  test('keys list: prints the keys of one user, with times, and without keys, hashes and control characters', async () => {
    const [key, ...others] = await adminJson(name, 'keys', 'list', 'alice');
    expect(others).toEqual([]);
    expect(key).toMatchObject({
      userId: 'alice',
      revokedAt: null,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    const { lines } = await admin(name, 'keys', 'list', 'alice');
    for (const text of [JSON.stringify(key), ...lines])
      for (const secret of Object.values(keys)) {
        expect(text).not.toContain(secret);
        expect(text).not.toContain(hashKey(secret));
      }
    expect(lines.join()).not.toMatch(/\p{Cc}/u);
  });

  test('keys revoke: needs --yes, revokes as an admin, and is audited as operator', async () => {
    const [key] = await adminJson(name, 'keys', 'list', 'bob');
    const id = String(key?.id);
    const refused = await admin(name, 'keys', 'revoke', id);
    expect([refused.exitCode, refused.lines]).toEqual([5, []]);
    expect(refused.errors).toMatch(/Nothing was changed. Add --yes/);
    expect((await adminJson(name, 'keys', 'list', 'bob'))[0]?.revokedAt).toBeNull();
    await adminJson(name, 'keys', 'revoke', id, '--yes');
    const [revoked] = await adminJson(name, 'keys', 'list', 'bob');
    expect(revoked).toMatchObject({
      revokedAt: new Date(NOW).toISOString(),
      revokedReason: 'revoked_by_admin',
    });
    const [event] = await adminJson(name, 'audit', 'export');
    expect(event).toMatchObject({
      action: 'key_revoked',
      actorId: 'operator',
      ownerId: 'bob',
      keyId: key?.id,
    });
    expect((await admin(name, 'keys', 'revoke', '999999', '--yes')).exitCode).toBe(1);
  });

  test('settings set: checks the value, stores and audits it; secrets of the site are neither shown nor changed', async () => {
    const { exitCode, errors } = await admin(name, 'settings', 'set', 'mcp_disabled_tools', 'a,b');
    expect([exitCode, errors]).toEqual([1, expect.stringContaining('not by commas; write a|b.')]);
    expect((await admin(name, 'settings', 'set', 'csrf_secret', 'x')).exitCode).toBe(1);
    await withStore(async (store) => {
      await store.saveSettingIfAbsent('csrf_secret', SECRET);
      await store.saveSettingIfAbsent('push_api_secret_key', SECRET);
    });
    await adminJson(name, 'settings', 'set', 'max_user_api_reqs_per_minute', '7');
    expect(await adminJson(name, 'settings', 'get', 'max_user_api_reqs_per_minute')).toEqual([
      { name: 'max_user_api_reqs_per_minute', value: '7' },
    ]);
    const listed = await adminJson(name, 'settings', 'list');
    expect(listed.map((setting) => setting.name)).toEqual([
      'cors_origins',
      'max_user_api_reqs_per_minute',
      'push_api_secret_key',
    ]);
    expect(JSON.stringify(listed)).not.toContain(SECRET);
    for (const setting of ['csrf_secret', 'push_api_secret_key']) {
      const { lines, errors } = await admin(name, 'settings', 'get', setting);
      expect(lines.join() + errors).not.toContain(SECRET);
    }
    const [event] = await adminJson(name, 'audit', 'export');
    expect(event).toMatchObject({ action: 'setting_changed', actorId: 'operator' });
  });

  test('clients list, admin-keys list and audit export: filter, and end with the last record', async () => {
    expect(await adminJson(name, 'clients', 'list')).toEqual([]);
    expect(await adminJson(name, 'admin-keys', 'list')).toMatchObject([{ description: 'Nightly job' }]);
    const ofAlice = await adminJson(name, 'audit', 'export', '--user', 'alice');
    expect(ofAlice).toMatchObject([{ action: 'key_approved', actorId: 'alice' }]);
    expect(await adminJson(name, 'audit', 'export', '--until', '1969-01-01')).toEqual([]);
    expect((await admin(name, 'audit', 'export', '--since', 'yesterday')).exitCode).toBe(2);
  });

  describeWhen(kind === 'sqlite' || findProgram('pg_dump') !== null)('backup and restore', () => {
    test('restore: brings back what was backed up, and nothing later; the backup contains no key', async () => {
      await adminJson(name, 'backup', file('backup'));
      expect((await admin(name, 'backup', file('backup'))).exitCode).toBe(1);
      const [key] = await adminJson(name, 'keys', 'list', 'alice');
      await adminJson(name, 'keys', 'revoke', String(key?.id), '--yes');
      await adminJson(name, 'settings', 'set', 'cors_origins', '');
      expect((await admin(name, 'restore', file('backup'))).exitCode).toBe(5);
      await adminJson(name, 'restore', file('backup'), '--yes');
      expect(await adminJson(name, 'keys', 'list', 'alice')).toEqual([key]);
      expect(await adminJson(name, 'settings', 'get', 'cors_origins')).toEqual([
        { name: 'cors_origins', value: 'https://app.example' },
      ]);
      const [event] = await adminJson(name, 'audit', 'export');
      expect(event).toMatchObject({ action: 'database_restored', actorId: 'operator' });
      // New ids do not collide with restored ones.
      const created = await withStore((store) => store.saveSettingIfAbsent('any', 'value'));
      expect(created).toBe('value');
      expect(await adminJson(name, 'check')).toEqual([{ check: 'ok' }]);
      expect((await admin(name, 'restore', file('missing'), '--yes')).exitCode).toBe(1);
    });
  });

  test('users erase: leaves no trace of the user, keeps other users, and audits without the id', async () => {
    expect((await adminJson(name, 'users', 'export', 'alice')).map(({ record }) => record)).toEqual(
      expect.arrayContaining(['key', 'audit_event']),
    );
    const [bob] = await adminJson(name, 'users', 'export', 'bob');
    const [key] = await adminJson(name, 'keys', 'list', 'alice');
    await withStore((store) => store.addKeyNetworks([{ keyId: Number(key?.id), day: 1, network: 5 }]));
    expect((await admin(name, 'users', 'erase', 'alice')).exitCode).toBe(5);
    expect(await adminJson(name, 'users', 'erase', 'alice', '--yes')).toEqual([{ erased_keys: 2 }]);
    expect(await adminJson(name, 'users', 'export', 'alice')).toEqual([]);
    expect((await adminJson(name, 'users', 'export', 'bob'))[0]).toEqual(bob);
    const anyNetwork = { sinceDay: 0, min: 1, limit: 9 };
    expect(await withStore((store) => store.listKeysOfManyNetworks(anyNetwork))).toEqual([]);
    const events = await adminJson(name, 'audit', 'export');
    expect(events[0]).toMatchObject({ action: 'user_erased', actorId: 'operator', subject: '2 keys' });
    expect(JSON.stringify(events)).not.toContain('alice');
    expect(events.filter(({ actorId }) => actorId === 'erased').map(({ ipAddress }) => ipAddress)).toEqual([
      '',
    ]);
  });

  test('check: names a stored setting that stops the site from starting', async () => {
    await withStore((store) => store.saveSettings(new Map([['max_user_api_reqs_per_minute', 'many']])));
    const { exitCode, lines } = await admin(name, 'check', '--json');
    expect(exitCode).toBe(1);
    expect(lines).toEqual(['{"problem":"setting_invalid","setting":"max_user_api_reqs_per_minute"}']);
  });
});

test('migrate: creates the schema in an empty PostgreSQL database, which other commands refuse', async () => {
  const database = await createTestDatabase();
  expect(await admin(database.url, 'keys', 'list', 'alice')).toMatchObject({ exitCode: 1, lines: [] });
  await adminJson(database.url, 'migrate');
  expect(await adminJson(database.url, 'keys', 'list', 'alice')).toEqual([]);
  await database.drop();
});

test.each([
  [[], 2],
  [['keys'], 2],
  [['keys', 'list'], 2],
  [['keys', 'list', 'alice', 'bob'], 2],
  [['keys', 'list', 'alice', '--since', '2026-01-01'], 2],
  [['keys', 'revoke', 'x', '--yes'], 1],
  [['keys', 'list', 'alice', '--nonsense'], 2],
  [['toString'], 2],
  [['check'], 1],
])('valetkey-admin %j: exits with %i, a sentence and no stack', async (parameters, exitCode) => {
  const result = await admin(join(folder, 'missing.sqlite'), ...parameters);
  expect([result.exitCode, result.lines]).toEqual([exitCode, []]);
  expect(result.errors).toMatch(/\.$/);
  expect(result.errors).not.toMatch(/\n\s+at /);
});

test('valetkey-admin: says that the database is unavailable (4), without the password', async () => {
  const { exitCode, errors } = await admin('postgres://root:secret-to-find@127.0.0.1:1/none', 'check');
  expect(exitCode).toBe(4);
  expect(errors).not.toContain('secret-to-find');
  expect((await admin('mysql://localhost/x', 'check')).exitCode).toBe(2);
});

test('--database-url-file: takes the URL from a file, and no error has its content', async () => {
  const file = join(folder, 'database-url');
  const list = (...options: string[]) => runAdmin([...options, 'settings', 'list', '--json']);
  writeFileSync(file, `${postgres.url}\n`);
  expect(await list('--database-url-file', file)).toMatchObject({ exitCode: 0, errors: '' });
  expect(await list('--database-url-file', file, '--database', 'x')).toMatchObject({ exitCode: 2 });
  const missing = await list('--database-url-file', join(folder, 'missing'));
  expect(missing).toMatchObject({ exitCode: 2, errors: expect.stringMatching(/cannot be read: ENOENT\.$/) });
  for (const content of ['', 'secret-to-find', 'mysql://root:secret-to-find@localhost/x']) {
    writeFileSync(file, content);
    const { exitCode, errors } = await list('--database-url-file', file);
    expect(exitCode).toBe(2);
    expect(errors).not.toContain('secret-to-find');
  }
});
