import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { createReceiver } from '@valetkey/test-support/push-receiver';
import { createPushSite, reply } from '@valetkey/test-support/site/push-site';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { expect, onTestFinished, test } from 'vitest';
import { createMemoryStore } from '../in-process/memory-store/memory-store.ts';

function createFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-push-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return { folder, path: join(folder, 'valetkey.sqlite') };
}

test('close: aborts a running push, and the next start delivers it with the same id', async () => {
  const { path } = createFolder();
  const receiver = await createReceiver((response, count) => (count === 1 ? undefined : response.end()));
  const before = await createPushSite(createSqliteStore({ path }), [receiver.url]);
  await before.approve({ scopes: 'push', push_url: receiver.url });
  const arrived = receiver.nextArrival();
  await before.valetkey.notify('id-alice', reply);
  await arrived;
  await before.valetkey.close();

  const after = await createPushSite(createSqliteStore({ path }), [receiver.url]);
  await after.valetkey.processPushQueue();
  const ids = receiver.received.map(({ headers }) => headers['idempotency-key']);
  expect(ids).toHaveLength(2);
  expect(ids[0]).toBe(ids[1]);
  expect(before.failures).toEqual([]);
  await after.valetkey.close();
});

test('a queued push: no file of the database contains a key or the secret', async () => {
  const { folder, path } = createFolder();
  const receiver = await createReceiver((response) => response.writeHead(500).end());
  const site = await createPushSite(createSqliteStore({ path }), [receiver.url]);
  const { key } = await site.approve({ scopes: 'push', push_url: receiver.url });
  await site.notify();
  const database = new DatabaseSync(path);
  const rows = JSON.stringify([
    database.prepare('SELECT * FROM queued_pushes').all(),
    database.prepare('SELECT * FROM push_targets').all(),
  ]);
  database.close();
  expect(rows).toContain('An excerpt to find.');
  expect(rows).not.toContain(site.secret());
  await site.valetkey.close();
  const bytes = readdirSync(folder).map((file) => readFileSync(join(folder, file)).toString('latin1'));
  expect(bytes.join()).not.toContain(key);
});

test('push_api_secret_key: created at the first start, kept and changeable; the audit log contains no value', async () => {
  const { path } = createFolder();
  const first = await createTestSite({ store: createSqliteStore({ path }) });
  const secret = first.valetkey.settings.current().push_api_secret_key;
  expect(secret).toMatch(/^[0-9a-f]{32}$/);
  await first.valetkey.close();
  const { valetkey, store } = await createTestSite({ store: createSqliteStore({ path }) });
  expect(valetkey.settings.current().push_api_secret_key).toBe(secret);

  const by = { userId: 'id-admin', ipAddress: '192.0.2.1' };
  const other = 'another-secret-of-at-least-32-letters';
  await valetkey.settings.set('push_api_secret_key', other, by);
  expect(valetkey.settings.current().push_api_secret_key).toBe(other);
  for (const value of ['', 'short-but-secret', `${other} `.repeat(9), 'ü'.repeat(40), { $gt: '' }])
    await expect(valetkey.settings.set('push_api_secret_key', value, by)).rejects.toSatisfy(
      (error) => !JSON.stringify(error).includes('secret-'),
    );
  expect(valetkey.settings.current().push_api_secret_key).toBe(other);
  const audit = JSON.stringify(await store.listAuditEvents({ beforeId: null, limit: 9 }));
  expect(audit).toContain('push_api_secret_key');
  expect(audit).not.toMatch(new RegExp(`${secret}|${other}`));
  await valetkey.close();
});

test('push: sends nothing to private addresses by default', async () => {
  const receiver = await createReceiver();
  const failures: unknown[] = [];
  const push = { onFailure: (failure: unknown) => void failures.push(failure) };
  const urls = [receiver.url, receiver.url.replace('http:', 'https:')];
  const store = createMemoryStore();
  // Stored by a program that allowed private addresses.
  await store.saveSettings(new Map([['allowed_user_api_push_urls', urls.join('|')]]));
  const site = await createTestSite({ store, push });
  for (const push_url of urls) await site.approve({ client_id: push_url, scopes: 'push', push_url });
  await site.valetkey.notify('id-alice', reply);
  await site.valetkey.processPushQueue();
  expect(receiver.received).toEqual([]);
  expect(failures).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ problem: 'not_https', willRetry: false }),
      expect.objectContaining({ problem: 'private_address', willRetry: true }),
    ]),
  );
});

test('push.onFailure: an error of the callback does not stop deliveries', async () => {
  const receiver = await createReceiver((response, count) =>
    response.writeHead(count === 1 ? 500 : 200).end(),
  );
  const onFailure = () => {
    throw new Error('The log is full.');
  };
  const site = await createTestSite({ push: { dangerouslyAllowPrivateAddresses: true, onFailure } });
  await site.valetkey.settings.set('allowed_user_api_push_urls', receiver.url);
  await site.approve({ scopes: 'push', push_url: receiver.url });
  await site.valetkey.notify('id-alice', reply);
  await site.valetkey.processPushQueue();
  site.advance(60_000);
  await site.valetkey.processPushQueue();
  expect(receiver.received).toHaveLength(2);
});
