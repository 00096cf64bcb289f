import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgresStore } from '@valetkey/sql-store/postgres';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { createTestDatabase } from '@valetkey/test-support/postgres/test-database';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { afterAll, expect, test } from 'vitest';
import { admin, adminJson } from './admin-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'valetkey-admin-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('valetkey-admin beside a running site on SQLite: reads and backs up, and refuses changes with exit code 3', async () => {
  const path = join(folder, 'running.sqlite');
  const site = await createTestSite({ store: createSqliteStore({ path }) });
  const { key } = await site.approve();
  const [stored] = await adminJson(path, 'keys', 'list', 'id-alice');
  expect(stored).toMatchObject({ userId: 'id-alice' });
  await adminJson(path, 'backup', join(folder, 'running.backup'));
  await adminJson(path, 'check');
  for (const change of [
    ['keys', 'revoke', String(stored?.id), '--yes'],
    ['settings', 'set', 'cors_origins', ''],
    ['users', 'erase', 'id-alice', '--yes'],
    ['restore', join(folder, 'running.backup'), '--yes'],
  ]) {
    const { exitCode, errors } = await admin(path, ...change);
    expect([change, exitCode]).toEqual([change, 3]);
    expect(errors).toMatch(/^A running site uses .*Stop it/);
  }
  expect((await site.authorize(key, { name: 'list#latest' })).kind).toBe('key');
  await site.valetkey.close();
});

test('valetkey-admin beside a running node on PostgreSQL: the node rejects the revoked key, and uses the setting', async () => {
  const database = await createTestDatabase();
  const site = await createTestSite({ store: await openPostgresStore(database) });
  const { key } = await site.approve();
  const use = () => site.authorize(key, { name: 'list#latest' });
  expect((await use()).kind).toBe('key');
  const [stored] = await adminJson(database.url, 'keys', 'list', 'id-alice');
  await adminJson(database.url, 'keys', 'revoke', String(stored?.id), '--yes');
  await adminJson(database.url, 'settings', 'set', 'max_user_api_reqs_per_minute', '3');
  await expect.poll(async () => (await use()).kind).toBe('refused');
  await expect.poll(() => site.valetkey.settings.current().max_user_api_reqs_per_minute).toBe(3);
  await site.valetkey.close();
  await database.drop();
});
