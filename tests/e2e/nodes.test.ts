import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, open } from '@valetkey/test-support/app-request';
import { startForumProcess } from '@valetkey/test-support/forum-process';
import { findFreePort } from '@valetkey/test-support/postgres/start-postgres';
import { createTestDatabase } from '@valetkey/test-support/postgres/test-database';
import { json } from '@valetkey/test-support/responses';
import { signIn } from '@valetkey/test-support/sign-in';
import { startNginx } from '@valetkey/test-support/start-nginx';
import { startValkey } from '@valetkey/test-support/start-valkey';
import { afterAll, expect, test } from 'vitest';

const LATEST = '/latest.json';
const database = await createTestDatabase();
const valkey = await startValkey();
const dataDir = mkdtempSync(join(tmpdir(), 'valetkey-nodes-'));
const port = await findFreePort();
const site = `http://127.0.0.1:${port}`;
const options = ['--database-url', database.url, '--valkey-url', valkey.url];
const proxy = ['--base-url', site, '--trusted-proxies', '127.0.0.1'];
const nodes = await Promise.all(
  Array.from({ length: 2 }, () => startForumProcess(dataDir, [...options, ...proxy])),
);
const [a, b] = nodes.map(({ url }) => url) as [string, string];
const stopNginx = await startNginx(port, [a, b]);
afterAll(async () => {
  await stopNginx();
  await Promise.all(nodes.map((node) => node.stop()));
  await valkey.kill();
  await database.drop();
  rmSync(dataDir, { recursive: true });
});

const alice = await signIn(site, 'alice');
async function issueKey(clientId: string): Promise<string> {
  const request = ask({ client_id: clientId, auth_redirect: null, scopes: 'read' });
  return open((await json(alice.send('POST', '/user-api-key.json', request))).payload).key;
}
const use = async (url: string, key: string) =>
  (await fetch(url + LATEST, { headers: { 'User-Api-Key': key } })).status;

test('two forums behind nginx: a key of one is accepted by both, and its revocation on one ends it on the other', async () => {
  const key = await issueKey('revoked');
  expect([await use(a, key), await use(b, key), await use(site, key)]).toEqual([200, 200, 200]);
  const revoked = await fetch(`${a}/user-api-key/revoke`, {
    method: 'POST',
    headers: { 'User-Api-Key': key },
  });
  expect(revoked.status).toBe(200);
  await expect.poll(() => use(b, key), { timeout: 2_000, interval: 10 }).toBe(403);
});

test('two forums with Valkey: of 40 concurrent requests on both, exactly 20 are allowed', async () => {
  const key = await issueKey('limited');
  const statuses = await Promise.all(
    Array.from({ length: 40 }, (_, index) => use(index % 2 === 0 ? a : b, key)),
  );
  expect(statuses.toSorted()).toEqual([...Array(20).fill(200), ...Array(20).fill(429)]);
});

test('a setting that is changed on one forum: is in force on the other', async () => {
  const admin = await signIn(a, 'admin');
  const origin = 'https://app.example';
  const change = await admin.send('PUT', '/admin/site_settings/cors_origins.json', { cors_origins: origin });
  expect(change.status).toBe(200);
  const allowed = async () =>
    (await fetch(b + LATEST, { headers: { origin } })).headers.get('access-control-allow-origin');
  await expect.poll(allowed, { timeout: 2_000, interval: 10 }).toBe(origin);
});

test('a device that asks one forum and a user who approves on the other: the device gets its key', async () => {
  const headers = { 'content-type': 'application/json' };
  const post = (url: string, path: string, fields: Record<string, string>) =>
    json(
      fetch(`${url}/user-api-key/${path}.json`, { method: 'POST', headers, body: JSON.stringify(fields) }),
    );
  const request = ask({ client_id: 'device', auth_redirect: null, scopes: 'read' });
  const { device_code, user_code } = await post(a, 'device', request);
  const user = await signIn(b, 'alice');
  const send = (path: string, form: Record<string, string>) =>
    json(user.send('POST', `/user-api-key/${path}.json`, form));
  const { approval_token } = await send('activate', { code: user_code });
  expect(await send('device/authorize', { approval_token })).toMatchObject({ state: 'complete' });
  const { payload } = await post(a, 'device/poll', { device_code });
  expect(await use(b, open(payload).key)).toBe(200);
});
