import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { createTestSite, keyRequest, PRIVATE_KEY, query } from '@valetkey/test-support/site/test-site';
import { expect, test } from 'vitest';

test('the database: contains neither key nor nonce nor payload, and its content cannot be used as a key', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-secrets-'));
  const path = join(folder, 'valetkey.sqlite');
  const site = await createTestSite({ store: createSqliteStore({ path }) });
  const response = await site.post(
    '/user-api-key.json',
    keyRequest({ auth_redirect: null, nonce: 'nonce-to-find' }),
    'alice',
  );
  const { payload } = (await response.json()) as { payload: string };
  const { key } = await site.approve({ client_id: 'second' });
  await site.authorize(key, { name: 'list#latest' });
  await site.valetkey.close();

  const bytes = readdirSync(folder)
    .map((file) => readFileSync(join(folder, file)).toString('latin1'))
    .join();
  for (const secret of [
    key,
    'nonce-to-find',
    payload,
    payload.slice(0, 40),
    Buffer.from(key, 'hex').toString('latin1'),
  ]) {
    expect(bytes).not.toContain(secret);
  }

  const again = await createTestSite({ store: createSqliteStore({ path }) });
  const database = new DatabaseSync(path);
  for (const row of database.prepare('SELECT key_hash FROM user_api_keys').all()) {
    const hash = String(row.key_hash);
    for (const guess of [hash, hash.slice(0, 32), hash.slice(32)]) {
      expect((await again.authorize(guess, { name: 'list#latest' })).kind).toBe('refused');
    }
  }
  database.close();
  await again.valetkey.close();
  rmSync(folder, { recursive: true });
});

test('a refusal: never repeats the secret that was sent', async () => {
  const site = await createTestSite();
  const key = 'c0ffee'.padEnd(32, '7');
  const answers = [
    await site.get('/user-api-key/current.json', { 'User-Api-Key': key }),
    await site.get(
      `/user-api-key/new.json${query(keyRequest({ public_key: PRIVATE_KEY, nonce: 'secret-nonce' }))}`,
    ),
    await site.get(
      `/user-api-key/new${query(keyRequest({ public_key: PRIVATE_KEY, nonce: 'secret-nonce' }))}`,
    ),
    await site.send('/user-api-key/revoke.json', { method: 'POST', headers: { 'User-Api-Key': key } }),
  ];
  const outcome = await site.authorize(key, { name: 'list#latest' });
  if (outcome.kind === 'refused') answers.push(await outcome.response());
  for (const answer of answers) {
    const text = (await answer.text()) + JSON.stringify([...answer.headers]);
    for (const secret of [key, PRIVATE_KEY.slice(60, 100), 'secret-nonce'])
      expect(text).not.toContain(secret);
  }
});
