import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { refusalOf } from '@valetkey/test-support/responses';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createTestForum } from './test-forum.ts';

test('failing store: 500 with a sentence, a stack on standard error, and no partial key', async () => {
  const { forum, signedIn, issueKey } = await createTestForum();
  const alice = await signedIn('alice');
  const report = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => report.mockRestore());
  const before = await issueKey('alice', 'read');
  const broken = vi.spyOn(forum.valetkey, 'fetch').mockRejectedValueOnce(new Error('disk full'));
  await forum.valetkey.settings.set('cors_origins', 'https://app.example');
  const origin = 'https://app.example';
  const response = await alice.send('POST', '/user-api-key.json', { client_id: 'x' }, { origin });
  broken.mockRestore();
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({ code: 'internal_error', errors: [expect.any(String)] });
  expect(response.headers.get('access-control-allow-origin')).toBe(origin);
  expect(report).toHaveBeenCalledOnce();
  expect((await alice.request('/latest.json', { headers: { 'User-Api-Key': before } })).status).toBe(200);
});

test('GET with a key: 500 internal_error while the store fails, with CORS headers, and allowed again afterwards', async () => {
  const store = createSqliteStore({ path: ':memory:' });
  const { forum, fetch, issueKey } = await createTestForum({ store });
  await forum.valetkey.settings.set('cors_origins', 'https://app.example');
  const key = await issueKey('alice', 'read');
  const report = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => report.mockRestore());
  vi.spyOn(store, 'findKeyByHash').mockRejectedValueOnce(new Error('disk full'));
  const latest = () =>
    fetch('/latest.json', { headers: { 'User-Api-Key': key, Origin: 'https://app.example' } });
  const refused = await latest();
  expect(await refusalOf(refused)).toBe('500 internal_error');
  expect(refused.headers.get('access-control-allow-origin')).toBe('https://app.example');
  expect(report).toHaveBeenCalledOnce();
  expect((await latest()).status).toBe(200);
});

test('failing audit: the approval is a 500 and the earlier key still works', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'valetkey-broken-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const { issueKey, fetch } = await createTestForum({ dataDir });
  const report = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => report.mockRestore());
  const use = async (key: string) =>
    (await fetch('/latest.json', { headers: { 'User-Api-Key': key } })).status;
  const before = await issueKey('alice', 'read', { clientId: 'app-1' });
  const database = new DatabaseSync(join(dataDir, 'valetkey.sqlite'));
  onTestFinished(() => database.close());
  database.exec(
    "CREATE TRIGGER full BEFORE INSERT ON audit_events BEGIN SELECT RAISE(ABORT, 'disk full'); END",
  );
  await expect(issueKey('alice', 'read', { clientId: 'app-1' })).rejects.toMatchObject({ status: 500 });
  expect(report).toHaveBeenCalledOnce();
  expect(await use(before)).toBe(200);
  database.exec('DROP TRIGGER full');
  const after = await issueKey('alice', 'read', { clientId: 'app-1' });
  expect([await use(before), await use(after)]).toEqual([403, 200]);
});
