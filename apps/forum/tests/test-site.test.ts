import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildKeyRequestUrl } from '@valetkey/protocol';
import { expect, onTestFinished, test } from 'vitest';
import { startTestSite, TestSiteError, type TestSiteOptions } from '../src/testing/index.ts';
import { asApp, json } from './test-forum.ts';

const { publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const LOOPBACK = { allowed_user_api_auth_redirects: 'http://127.0.0.1/*' };
const DAY_SECONDS = 86_400;

async function startSite(options: TestSiteOptions = {}) {
  const site = await startTestSite(options);
  onTestFinished(() => site.close());
  const codeOf = async (key: string) =>
    (await json(fetch(`${site.url}/session/current.json`, asApp(key)))).code;
  return { ...site, codeOf };
}

const request = (site: string, changes: Partial<Parameters<typeof buildKeyRequestUrl>[1]> = {}) =>
  buildKeyRequestUrl(site, {
    applicationName: 'Plum Reader',
    clientId: 'client-1',
    nonce: 'a-nonce',
    scopes: ['read'],
    publicKey,
    authRedirect: 'http://127.0.0.1:5000/cb?state=7',
    ...changes,
  });

test('approve: approves the URL that an app opens and returns the redirect and payload', async () => {
  const site = await startSite({ settings: LOOPBACK });
  const { redirectUrl, payload } = await site.approve(request(site.url), 'bob');
  expect(redirectUrl).toMatch(/^http:\/\/127\.0\.0\.1:5000\/cb\?state=7&payload=/);
  expect(new URL(redirectUrl ?? '').searchParams.get('payload')).toBe(payload);
  const copied = await site.approve(request(site.url, { authRedirect: null }));
  expect(copied).toEqual({ redirectUrl: null, payload: expect.stringMatching(/^[\w+/=\s]{300,}$/) });
  expect(await site.decline(request(site.url))).toBe('http://127.0.0.1:5000/cb?state=7&error=access_denied');
});

test('approve: throws the error code that the app would receive', async () => {
  const site = await startSite();
  const codeOf = (url: URL, as?: string) =>
    site.approve(url, as).then(
      () => 'approved',
      (error) => (error instanceof TestSiteError ? error.code : String(error)),
    );
  const ready = request(site.url, { authRedirect: null });
  expect(await codeOf(request(site.url))).toBe('redirect_not_allowed');
  expect(await codeOf(request(site.url, { scopes: ['everything'], authRedirect: null }))).toBe(
    'scope_not_allowed',
  );
  expect(await codeOf(ready, 'sam')).toBe('user_suspended');
  expect(await codeOf(ready, 'nobody')).toMatch(/Unknown user nobody/);
  expect(await codeOf(request('http://elsewhere.example'))).toMatch(/must begin with http:\/\/127/);
  expect(await codeOf(new URL(`${ready}&scopes=write`))).toBe('parameter_invalid');
});

test('issueKey: the key works until it expires, is revoked, or its user is suspended', async () => {
  const site = await startSite();
  const [brief, revoked, suspended] = [
    await site.issueKey({ scopes: ['read'], expiresInSeconds: DAY_SECONDS }),
    await site.issueKey({ scopes: ['read'] }),
    await site.issueKey({ as: 'bob', scopes: ['read'] }),
  ];
  const who = await json(fetch(`${site.url}/session/current.json`, asApp(brief)));
  expect(who.current_user.username).toBe('alice');

  await site.advance(DAY_SECONDS);
  expect(await site.codeOf(brief)).toBe('key_expired');
  expect(await site.revokeKeys('alice')).toBe(1);
  expect(await site.codeOf(revoked)).toBe('key_revoked');
  await site.suspend('bob');
  expect(await site.codeOf(suspended)).toBe('user_suspended');
  await site.unsuspend('bob');
  expect(await site.codeOf(suspended)).toBeUndefined();
  await site.advance(200 * DAY_SECONDS);
  expect(await site.codeOf(suspended)).toBe('key_revoked');
});

test('changeSettings: validates like the admin endpoint', async () => {
  const site = await startSite({ settings: { max_user_api_reqs_per_minute: 1 } });
  const key = await site.issueKey({ scopes: ['read'] });
  expect([await site.codeOf(key), await site.codeOf(key)]).toEqual([undefined, 'rate_limited']);
  await site.advance(60);
  expect(await site.codeOf(key)).toBeUndefined();
  await site.changeSettings({ max_user_api_reqs_per_minute: '7' });
  expect(site.settings()).toMatchObject({ max_user_api_reqs_per_minute: '7', allow_user_api_keys: 'true' });
  await expect(site.changeSettings({ max_user_api_reqs_per_minute: 'many' })).rejects.toThrow();
  await expect(startTestSite({ settings: { no_such_setting: 1 } })).rejects.toThrow(/no_such_setting/);
});

test('approveDevice, declineDevice: decide the request of a device code', async () => {
  const site = await startSite();
  const post = (path: string, body: unknown) =>
    json(
      fetch(`${site.url}/user-api-key/${path}.json`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
  const request = {
    client_id: 'tv',
    application_name: 'Television',
    nonce: 'n',
    scopes: 'read',
    padding: 'oaep',
  };
  const ask = () => post('device', { ...request, public_key: publicKey });
  const poll = async ({ device_code }: { device_code: string }) =>
    (await post('device/poll', { device_code })).status;

  const [approved, declined, waiting] = [await ask(), await ask(), await ask()];
  await site.approveDevice(approved.user_code.toLowerCase().replace('-', ' '), 'bob');
  await site.declineDevice(declined.user_code);
  const statuses = [await poll(approved), await poll(declined), await poll(waiting)];
  expect(statuses).toEqual(['authorized', 'access_denied', 'authorization_pending']);
  await expect(site.approveDevice('WRNG-2345')).rejects.toThrow(/unknown, used or expired/);
  await expect(site.approveDevice(waiting.user_code, 'sam')).rejects.toThrow(TestSiteError);
});

/** Runs the command as a test suite in another language does. */
async function runCommand(...args: string[]) {
  const main = join(import.meta.dirname, '../src/testing/main.ts');
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { url, control } = JSON.parse(line) as { url: string; control: string };
  const send = async (name: string, fields: Record<string, string> = {}) => {
    const answer = await fetch(`${control}/${name}`, { method: 'POST', body: new URLSearchParams(fields) });
    return { status: answer.status, ...(await json(answer)) };
  };
  return { url, control, send, ended: once(child, 'exit') };
}

test('valetkey-test-site: offers every command over the control URL and stops when told', async () => {
  const { url, send, ended } = await runCommand(
    '--set',
    'allowed_user_api_auth_redirects=http://127.0.0.1/*',
  );
  const address = String(request(url));
  expect(await send('approve', { url: address, as: 'bob' })).toMatchObject({
    redirect_url: expect.stringContaining('payload='),
    payload: expect.any(String),
  });
  expect((await send('decline', { url: address })).redirect_url).toMatch(/access_denied$/);
  const { key } = await send('issue-key', { scopes: 'read,write', expires_in_seconds: '60' });
  const codeOf = async () => (await json(fetch(`${url}/session/current.json`, asApp(key)))).code;
  expect(await codeOf()).toBeUndefined();
  await send('suspend', { username: 'alice' });
  expect(await codeOf()).toBe('user_suspended');
  await send('unsuspend', { username: 'alice' });
  expect(await send('advance', { seconds: '61' })).toMatchObject({ now: expect.stringMatching(/Z$/) });
  expect(await codeOf()).toBe('key_expired');
  await send('issue-key', { scopes: 'read' });
  expect((await send('revoke-keys', { username: 'alice' })).revoked).toBe(1);
  expect((await send('settings', { cors_origins: 'https://app.example' })).cors_origins).toBe(
    'https://app.example',
  );
  await send('stop');
  expect(await ended).toEqual([0, null]);
});

test('valetkey-test-site: reports an invalid command, and passes on errors of the site', async () => {
  const { url, send } = await runCommand();
  expect(await send('approve', { url: String(request(url)) })).toMatchObject({
    status: 403,
    code: 'redirect_not_allowed',
  });
  expect(await send('approve-device', { code: 'WRNG-2345' })).toMatchObject({ status: 400 });
  expect(await send('approve')).toMatchObject({ status: 400, errors: ['The parameter url is missing.'] });
  expect(await send('approve', { url: 'not an address' })).toMatchObject({ status: 400 });
  expect(await send('settings', { cors_origins: 'nonsense' })).toMatchObject({ code: 'setting_invalid' });
  expect(await send('advance', { seconds: '-1' })).toMatchObject({ status: 400 });
  expect(await send('constructor')).toMatchObject({
    status: 404,
    errors: [expect.stringContaining('approve')],
  });
});

test('control server: rejects requests without its secret, and is no part of the site', async () => {
  const { url, control } = await runCommand();
  const { origin, hostname } = new URL(control);
  expect(hostname).toBe('127.0.0.1');
  const post = async (address: string) => (await fetch(address, { method: 'POST' })).status;
  for (const path of [
    '/',
    '/stop',
    `/${'0'.repeat(32)}/stop`,
    `${new URL(control).pathname.slice(0, -1)}/stop`,
  ])
    expect(await post(origin + path), path).toBe(404);
  expect((await fetch(`${control}/stop`)).status).toBe(405);
  expect(await post(`${url}${new URL(control).pathname}/stop`)).toBe(404);
  expect((await fetch(url)).status).toBe(200);
});
