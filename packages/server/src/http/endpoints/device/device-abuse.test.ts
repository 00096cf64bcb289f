import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { createDevice, requestTokenOf, type Started } from '@valetkey/test-support/site/device-site';
import { createTestSite, csrfOf, open, type TestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const EXPIRED = { state: 'enter_code', expired_code: true };

describe('device flow: attacks', () => {
  const createSite = async () => {
    const site = await createTestSite();
    return { ...site, device: createDevice(site) };
  };

  test('a second user cannot take over a code that the first one has entered', async () => {
    const { device, get } = await createSite();
    const started = await device.start();
    const { approval_token = '' } = await device.type(started.user_code);
    const shown = await get(`/user-api-key/activate.json?request=${requestTokenOf(started)}`, {
      cookie: 'session=bob',
    });
    expect(await shown.json()).toEqual(EXPIRED);
    const byLink = { request: requestTokenOf(started), code: started.user_code };
    expect(await device.type(started.user_code, 'bob')).toEqual(EXPIRED);
    expect(await device.authorize(byLink, 'bob')).toEqual(EXPIRED);
    expect(await device.authorize({ approval_token }, 'bob')).toEqual(EXPIRED);
    expect(await device.deny({ approval_token }, 'bob')).toEqual(EXPIRED);
    expect((await device.poll(started)).status).toBe('authorization_pending');
    expect(await device.authorize({ approval_token })).toMatchObject({ state: 'complete' });
  });

  test('of two users who enter a code concurrently, one succeeds', async () => {
    const { device } = await createSite();
    const { user_code } = await device.start();
    const answers = await Promise.all(['alice', 'bob'].map((name) => device.type(user_code, name)));
    expect(answers.map(({ state }) => state).sort()).toEqual(['authorize', 'enter_code']);
  });

  test('a token is only valid in its session; entering the code again creates a new one', async () => {
    const { device } = await createSite();
    const { user_code } = await device.start();
    const first = (await device.type(user_code, 'alice')).approval_token ?? '';
    expect(await device.authorize({ approval_token: first }, 'alice.phone')).toEqual(EXPIRED);
    const second = (await device.type(user_code, 'alice.phone')).approval_token ?? '';
    expect(await device.authorize({ approval_token: first }, 'alice')).toEqual(EXPIRED);
    expect(await device.authorize({ approval_token: second }, 'alice.phone')).toMatchObject({
      state: 'complete',
    });
  });

  test('twenty concurrent approvals issue one key', async () => {
    const { device, valetkey, authorize } = await createSite();
    const started = await device.start();
    const { approval_token = '' } = await device.type(started.user_code);
    const answers = await Promise.all(Array.from({ length: 20 }, () => device.authorize({ approval_token })));
    expect(answers.filter(({ state }) => state === 'complete')).toHaveLength(1);
    expect(await valetkey.keysOf('id-alice')).toHaveLength(1);
    const { key } = open((await device.poll(started)).payload ?? '');
    expect((await authorize(key, { name: 'list#latest' })).kind).toBe('key');
  });

  test('of ten concurrent approvals by link and code, each replaces the token of the one before, and the last one succeeds', async () => {
    const { device, valetkey } = await createSite();
    const started = await device.start();
    const byLink = { request: requestTokenOf(started), code: started.user_code };
    const answers = await Promise.all(Array.from({ length: 10 }, () => device.authorize(byLink)));
    expect(answers.filter(({ state }) => state === 'complete')).toHaveLength(1);
    expect(await valetkey.keysOf('id-alice')).toHaveLength(1);
  });

  test('of a concurrent approval and denial, one succeeds, and the device gets the same result', async () => {
    const { device, valetkey } = await createSite();
    const started = await device.start();
    const { approval_token = '' } = await device.type(started.user_code);
    const [yes, no] = await Promise.all([
      device.authorize({ approval_token }),
      device.deny({ approval_token }),
    ]);
    expect([yes.state, no.state].sort()).toEqual(['complete', 'enter_code']);
    const isApproved = yes.state === 'complete';
    expect((await device.poll(started)).status).toBe(isApproved ? 'authorized' : 'access_denied');
    expect(await valetkey.keysOf('id-alice')).toHaveLength(isApproved ? 1 : 0);
  });

  test('an approval revokes the earlier key of the client immediately', async () => {
    const { device, approve, authorize } = await createSite();
    const earlier = await approve();
    expect((await authorize(earlier.key, { name: 'list#latest' })).kind).toBe('key');
    await device.approve(await device.start());
    expect((await authorize(earlier.key, { name: 'list#latest' })).kind).toBe('refused');
  });

  test('a form of another site, or a key instead of a session, changes nothing', async () => {
    const { device, send, approve } = await createSite();
    const { user_code } = await device.start();
    const { key } = await approve({ scopes: 'write', client_id: 'other' });
    const body = new URLSearchParams({ code: user_code });
    const cookie = 'session=alice';
    const forged = await send('/user-api-key/activate.json', { method: 'POST', body, headers: { cookie } });
    expect(await forged.json()).toMatchObject({ code: 'csrf_invalid' });
    const headers = { cookie, 'x-csrf-token': csrfOf('alice'), 'user-api-key': key };
    const byKey = await send('/user-api-key/activate.json', { method: 'POST', body, headers });
    expect(await byKey.json()).toMatchObject({ code: 'session_required' });
  });

  test('names are escaped', async () => {
    const { device, post } = await createSite();
    const { user_code } = await device.start({ application_name: '<img src=x onerror=alert(1)>' });
    const page = await (await post('/user-api-key/activate', { code: user_code }, 'alice')).text();
    expect(page).toContain('&lt;img src=x');
    expect(page).not.toContain('<img src=x');
  });
});

test('the database contains no code, token or key, and no nonce of a decided or expired request', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-device-'));
  const path = join(folder, 'valetkey.sqlite');
  const files = () =>
    readdirSync(folder)
      .map((file) => readFileSync(join(folder, file)).toString('latin1'))
      .join();
  const site = await createTestSite({ store: createSqliteStore({ path }) });
  const device = createDevice(site);
  const approved = await device.start({ client_id: 'one', nonce: 'nonce-of-the-approved' });
  const denied = await device.start({ client_id: 'two', nonce: 'nonce-of-the-denied' });
  const pending = await device.start({ client_id: 'three', nonce: 'nonce-of-the-forgotten' });
  const { approval_token = '' } = await device.type(approved.user_code);
  await device.authorize({ approval_token });
  const { payload = '' } = await device.poll(approved);
  await device.deny({ approval_token: (await device.type(denied.user_code)).approval_token ?? '' });

  const [asked, bearerKey] = await askByOauth(site, device);

  const secrets = [approval_token, open(payload).key, asked.device_code, asked.user_code, bearerKey];
  for (const { device_code, user_code, verification_uri_with_request } of [approved, denied, pending]) {
    const [, token = ''] = verification_uri_with_request.split('=');
    secrets.push(device_code, user_code, user_code.replace('-', ''), token);
  }
  const during = files();
  for (const secret of secrets) expect(during).not.toContain(secret);

  site.advance(660_000);
  await site.store.deleteExpiredGrants(site.now());
  await site.valetkey.close();
  const after = files();
  for (const secret of [...secrets, 'nonce-of-the', payload]) expect(after).not.toContain(secret);
  const database = new DatabaseSync(path);
  expect(database.prepare('SELECT count(*) AS count FROM device_grants').get()).toEqual({ count: 0 });
  database.close();
  rmSync(folder, { recursive: true });
});

/** A bearer key that was approved and fetched: derived from the device code and a salt in the database. */
async function askByOauth(site: TestSite, device: ReturnType<typeof createDevice>) {
  const form = async (path: string, values: Record<string, string>) => {
    const init = { method: 'POST', body: new URLSearchParams({ client_id: 'oauth', ...values }) };
    return (await site.send(path, init, device.freshIpAddress())).json();
  };
  const asked = (await form('/oauth/device_authorization', { scope: 'read' })) as Started;
  await device.approve(asked);
  const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
  const { device_code } = asked;
  const { access_token } = (await form('/oauth/token', { grant_type, device_code })) as {
    access_token: string;
  };
  expect(access_token).toMatch(/^[0-9a-f]{32}$/);
  return [asked, access_token] as const;
}
