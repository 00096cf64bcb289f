import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createForum, type RunningForum } from '@valetkey/forum';
import { CHEAP_PASSWORDS } from '@valetkey/forum/testing';
import { keyRequest, open } from '@valetkey/test-support/app-request';
import { createBrowser } from '@valetkey/test-support/browser';
import { startForumProcess } from '@valetkey/test-support/forum-process';
import { findFreePort } from '@valetkey/test-support/postgres/postgres-process';
import { createTestDatabase } from '@valetkey/test-support/postgres/test-database';
import { json } from '@valetkey/test-support/responses';
import { signIn } from '@valetkey/test-support/sign-in';
import { startNginxWith } from '@valetkey/test-support/start-nginx';
import { startValkey } from '@valetkey/test-support/start-valkey';
import { afterAll, expect, onTestFinished, test } from 'vitest';

const LATEST = '/latest.json';
const root = join(import.meta.dirname, '../..');
const database = await createTestDatabase();
const valkey = await startValkey();
const dataDir = mkdtempSync(join(tmpdir(), 'valetkey-nodes-'));
const port = await findFreePort();
const site = `http://127.0.0.1:${port}`;
const nodes = await Promise.all(readCommands().map((options) => startForumProcess(dataDir, options)));
const [a, b] = nodes.map(({ url }) => url) as [string, string];
const stopNginx = await startNginxWith(port, readNginxFile());
afterAll(async () => {
  await stopNginx();
  await Promise.all(nodes.map((node) => node.stop()));
  await valkey.kill();
  await database.drop();
  rmSync(dataDir, { recursive: true });
});

/** Returns the options of the forums that the guide starts, with the addresses of this test. */
function readCommands(): string[][] {
  const fileWith = (name: string, text: string): string => {
    writeFileSync(join(dataDir, name), text);
    return join(dataDir, name);
  };
  const databaseFile = fileWith('database-url', database.url);
  const valkeyFile = fileWith('valkey-url', valkey.url);
  const guide = readFileSync(join(root, 'docs/guides/run-several-nodes.md'), 'utf8');
  return [...guide.matchAll(/npm start -- --port \d+ --data data (.+)/g)].map(([, options = '']) =>
    options
      .replace('http://forum.example:8080', site)
      .replace('-file database-url', `-file ${databaseFile}`)
      .replace('-file valkey-url', `-file ${valkeyFile}`)
      .split(' '),
  );
}

/** Returns the file that the guide names, with the addresses of this test. */
function readNginxFile(): string {
  const file = readFileSync(join(root, 'deploy/nginx/nodes.conf'), 'utf8');
  return file
    .replace('127.0.0.1:4801', new URL(a).host)
    .replace('127.0.0.1:4802', new URL(b).host)
    .replace('listen 8080;', `listen 127.0.0.1:${port};`);
}

const alice = await signIn(site, 'alice');
async function issueKey(clientId: string): Promise<string> {
  const request = keyRequest({ client_id: clientId, auth_redirect: null, scopes: 'read' });
  return open((await json(alice.send('POST', '/user-api-key.json', request))).payload).key;
}
const use = async (url: string, key: string) =>
  (await fetch(url + LATEST, { headers: { 'User-Api-Key': key } })).status;

test('two forums, started as the guide says: their command lines contain no URL of a server', () => {
  for (const { pid } of nodes)
    expect(execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })).not.toMatch(
      /postgres:|redis:/,
    );
});

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

test('two forums with Valkey: count the sign-in attempts of an IP address together', async () => {
  const parts = { baseUrl: site, dataDir, databaseUrl: database.url, valkeyUrl: valkey.url };
  const forums = await Promise.all(
    [1, 2].map(() => createForum({ ...parts, passwordCost: CHEAP_PASSWORDS })),
  );
  onTestFinished(async () => void (await Promise.all(forums.map((forum) => forum.close()))));
  const guess = async (index: number) => {
    const forum = forums[index % 2] as RunningForum;
    const browser = createBrowser((path, init) =>
      forum.fetch(new Request(site + path, init), { ipAddress: '203.0.113.9' }),
    );
    return (await browser.signIn('nobody', `guess ${index}`)).status;
  };
  const statuses = await Promise.all(Array.from({ length: 70 }, (_, index) => guess(index)));
  expect(statuses.filter((status) => status === 429)).toHaveLength(10);
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
  const request = keyRequest({ client_id: 'device', auth_redirect: null, scopes: 'read' });
  const { device_code, user_code } = await post(a, 'device', request);
  const user = await signIn(b, 'alice');
  const send = (path: string, form: Record<string, string>) =>
    json(user.send('POST', `/user-api-key/${path}.json`, form));
  const { approval_token } = await send('activate', { code: user_code });
  expect(await send('device/authorize', { approval_token })).toMatchObject({ state: 'complete' });
  const { payload } = await post(a, 'device/poll', { device_code });
  expect(await use(b, open(payload).key)).toBe(200);
});
