import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ValetkeyError } from '@valetkey/protocol';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { afterAll, expect, test } from 'vitest';
import { createMemoryStore } from '../in-process/memory-store/memory-store.ts';
import { oauthRefusal } from './endpoints/oauth/oauth-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'valetkey-unavailable-'));
afterAll(() => rmSync(folder, { recursive: true }));

const latest = { name: 'list#latest' };
const unavailable = { code: 'store_unavailable', error_type: 'server_error' };

test('POST /user-api-key/revoke: ends the key while another program locks the database (503), and stores that afterwards', async () => {
  const path = join(folder, 'locked.sqlite');
  const site = await createTestSite({ store: createSqliteStore({ path }) });
  const { key } = await site.approve();
  expect((await site.authorize(key, latest)).kind).toBe('key');
  const revoke = () =>
    site.send('/user-api-key/revoke.json', { method: 'POST', headers: { 'User-Api-Key': key } });
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  const response = await revoke();
  expect(response.status).toBe(503);
  expect(response.headers.get('Retry-After')).toBe('1');
  expect(await response.json()).toMatchObject({ ...unavailable, code: 'revocation_not_stored' });
  expect(await site.authorize(key, latest)).toMatchObject({ refusal: { code: 'key_revoked' } });
  other.exec('ROLLBACK');
  other.close();
  expect((await revoke()).status).toBe(200);
  expect((await site.authorize(key, latest)).kind).toBe('refused');
  await site.valetkey.close();
});

test('authorize: rejects a key with 503 while the store is unavailable, and does not cache that', async () => {
  const memory = createMemoryStore();
  let isAvailable = false;
  const store = {
    ...memory,
    async findKeyByHash(keyHash: string) {
      if (!isAvailable) throw new ValetkeyError('store_unavailable');
      return memory.findKeyByHash(keyHash);
    },
  };
  const site = await createTestSite({ store });
  const { key } = await site.approve();
  const result = await site.authorize(key, latest);
  if (result.kind !== 'refused') throw new Error('The key was accepted.');
  expect(result.status).toBe(503);
  expect((await result.response()).headers.get('Retry-After')).toBe('1');
  expect(await (await result.response()).json()).toMatchObject(unavailable);
  isAvailable = true;
  expect((await site.authorize(key, latest)).kind).toBe('key');
});

test('an OAuth endpoint: returns 503 temporarily_unavailable, so that the client retries', async () => {
  const response = oauthRefusal(new ValetkeyError('store_unavailable'));
  expect(response.status).toBe(503);
  expect(response.headers.get('Retry-After')).toBe('1');
  expect(await response.json()).toMatchObject({
    error: 'temporarily_unavailable',
    code: 'store_unavailable',
  });
});
