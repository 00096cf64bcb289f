import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { openPayload } from '@valetkey/protocol/open';
import { createBrowser, type Fetch } from '@valetkey/test-support/browser';
import { createPng } from '@valetkey/test-support/icons';
import { expect } from 'vitest';
import { json, PASSWORD } from '../test-forum.ts';
import { createDevices } from './device-secrets.ts';
import { useOauth } from './oauth-secrets.ts';
import type { SecretKindName } from './secret-kinds.ts';
import type { SecretLedger } from './secret-ledger.ts';

const makePair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const { publicKey: PUBLIC_KEY, privateKey: PRIVATE_KEY } = makePair();

const SETTINGS = {
  allowed_user_api_auth_redirects: 'https://app.example/*|discourse://auth_redirect',
  allow_personal_user_api_keys: 'all',
  allow_user_api_key_client_scopes: 'read',
  // Rate limits would hide the other reasons for a rejection.
  max_user_api_reqs_per_minute: '100000',
  max_user_api_reqs_per_day: '1000000',
  max_admin_api_reqs_per_minute: '100000',
};

/**
 * Uses every kind of secret as users and apps do, recorded by the ledger. Returns the secrets that are still valid.
 *
 * @param pushUrl a receiver that fails, so that the push stays queued
 */
export async function createBusySite(site: Fetch, ledger: SecretLedger, pushUrl: string) {
  const fetch = ledger.witness(site);
  const nonce = () => ledger.note('nonce', randomBytes(24).toString('base64url'));
  ledger.note('private key', PRIVATE_KEY);
  const signedIn = async (username: string) => {
    const browser = createBrowser(fetch);
    await browser.signIn(username, PASSWORD);
    return browser;
  };
  const [alice, bob, admin] = [await signedIn('alice'), await signedIn('bob'), await signedIn('admin')];
  const settings = { ...SETTINGS, allowed_user_api_push_urls: pushUrl };
  for (const [name, value] of Object.entries(settings))
    await admin.send('PUT', `/admin/site_settings/${name}.json`, { [name]: value });

  const ask = (changes: Record<string, string> = {}) => ({
    client_id: `client-${randomBytes(4).toString('hex')}`,
    nonce: nonce(),
    scopes: 'read,write',
    application_name: 'Plum Reader',
    public_key: PUBLIC_KEY,
    padding: 'oaep',
    ...changes,
  });

  async function open(payload: string, kind: SecretKindName = 'payload') {
    ledger.note(kind, payload);
    const { key } = JSON.parse(await openPayload(payload, PRIVATE_KEY)) as { key: string };
    return ledger.note('user API key', key);
  }

  async function openPassword(location: string) {
    const sealed = new URL(location).searchParams.get('oneTimePassword') ?? '';
    ledger.note('sealed one-time password', sealed);
    return ledger.note('one-time password', await openPayload(sealed, PRIVATE_KEY));
  }

  async function approveByPage() {
    const asked = ask({ padding: 'pkcs1', auth_redirect: 'https://app.example/cb' });
    const path = `/user-api-key/new?${new URLSearchParams(asked)}`;
    const stranger = createBrowser(fetch);
    const signIn = (await stranger.get(path)).headers.get('location') ?? '';
    await stranger.get(signIn);
    for (const asking of [path, path.replace('/new', '/new.json')])
      expect((await alice.get(asking)).status).toBe(200);
    const location = (await alice.submit('/user-api-key', asked)).headers.get('location') ?? '';
    return open(new URL(location).searchParams.get('payload') ?? '');
  }

  async function approveAsJson(changes: Record<string, string> = {}) {
    const answer = await json(alice.send('POST', '/user-api-key.json', ask(changes)));
    return open(answer.payload);
  }

  async function approveToCopy() {
    const page = await (await alice.submit('/user-api-key', ask())).text();
    return open(/<textarea[^>]*>([^<]+)</.exec(page)?.[1]?.trim() ?? '');
  }

  async function approveWithPassword() {
    const asked = ask({ scopes: 'read,one_time_password', auth_redirect: 'discourse://auth_redirect' });
    const location = (await alice.submit('/user-api-key', asked)).headers.get('location') ?? '';
    await open(new URL(location).searchParams.get('payload') ?? '');
    return openPassword(location);
  }

  async function makeOneTimePassword() {
    const asked = { ...ask(), auth_redirect: 'discourse://auth_redirect' };
    return openPassword((await json(alice.send('POST', '/user-api-key/otp.json', asked))).redirect_url);
  }

  async function useOneTimePassword(password: string) {
    const phone = createBrowser(fetch);
    const path = `/session/otp/${password}`;
    for (let preview = 0; preview < 2; preview += 1) expect((await phone.get(path)).status).toBe(200);
    await phone.fetchCsrfToken();
    const outcomes = [(await phone.submit(path, {})).status];
    await phone.fetchCsrfToken();
    outcomes.push((await phone.submit(path, {})).status);
    expect(outcomes).toEqual([303, 403]);
  }

  async function subscribeToFeeds() {
    const { urls } = await json(alice.send('POST', '/calendar-subscriptions.json'));
    const url = new URL(urls.bookmarks);
    ledger.note('feed key', url.searchParams.get('user_api_key') ?? '');
    expect((await fetch(url.pathname + url.search)).status).toBe(200);
    return url.searchParams.get('user_api_key') ?? '';
  }

  async function makePersonalKeys() {
    const request = { application_name: 'My script', scopes: 'read' };
    const made = await json(alice.send('POST', '/u/alice/preferences/api-keys/new.json', request));
    const rotation = { id: made.key.id, grace_seconds: 3600 };
    const rotated = await json(alice.send('POST', '/user-api-key/rotate.json', rotation));
    const page = await (await alice.submit('/u/alice/preferences/api-keys/new', request)).text();
    const shown = /[0-9a-f]{32}/.exec(page)?.[0] ?? '';
    return [made.key.key, rotated.key.key, shown].map((key) => ledger.note('personal key', key));
  }

  async function makeAdminKey(username: string | null) {
    const key = { description: 'A script', username, scope_mode: 'global' };
    return ledger.note(
      'admin key',
      (await json(admin.send('POST', '/admin/api/keys.json', { key }))).key.key,
    );
  }

  async function raisePush() {
    await approveAsJson({ scopes: 'push', push_url: pushUrl });
    const topic = { title: 'Whose plums and pears are these?', raw: 'A basket of them stands at the gate.' };
    const { topic_id } = await json(alice.send('POST', '/posts.json', topic));
    await bob.send('POST', '/posts.json', { topic_id, raw: 'They are mine, thank you.' });
    const { settings: rows } = await json(admin.get('/admin/user-api-key-settings.json'));
    const row = rows.find(({ setting }: { setting: string }) => setting === 'push_api_secret_key');
    ledger.note('push secret', row.value);
  }

  const keys = [await approveByPage(), await approveAsJson(), await approveToCopy()];
  for (const key of keys)
    expect((await fetch('/session/current.json', { headers: { 'user-api-key': key } })).status).toBe(200);
  expect((await alice.send('POST', '/user-api-key/decline.json', ask())).status).toBe(200);
  await useOneTimePassword(await approveWithPassword());
  await useOneTimePassword(await makeOneTimePassword());
  const feedKey = await subscribeToFeeds();
  const calendarKey = await approveAsJson({ scopes: 'bookmarks_calendar' });
  const personalKeys = await makePersonalKeys();
  const block = { kind: 'host', value: 'evil.example', reason: 'It reads private messages.' };
  expect((await admin.send('POST', '/admin/user-api-key-blocks.json', block)).status).toBe(200);
  const adminKey = await makeAdminKey(null);
  const asAdmin = { 'api-key': adminKey, 'api-username': 'alice' };
  expect((await fetch('/session/current.json', { headers: asAdmin })).status).toBe(200);
  const { application_name, scopes } = ask({ scopes: 'read' });
  const public_key = makePair().publicKey;
  const registration = { client_id: 'registered', public_key, application_name, scopes };
  const register = {
    method: 'POST',
    body: new URLSearchParams({ ...registration, auth_redirect: 'https://app.example/cb' }),
  };
  expect((await fetch('/user-api-key-client', register)).status).toBe(200);
  const icon = new FormData();
  icon.set('icon', new File([Uint8Array.from(createPng())], 'icon.png'));
  const upload = {
    method: 'POST',
    body: icon,
    headers: { 'x-csrf-token': await admin.fetchCsrfToken() },
  };
  const iconPath = '/admin/user-api-key-clients/icon.json?kind=app&client_id=registered';
  expect((await admin.request(iconPath, upload)).status).toBe(200);
  await raisePush();
  const devices = createDevices({ fetch, ledger, alice, ask, open });
  await devices.connect();
  const bearerKey = await devices.connectByOauth();
  const oauth = await useOauth({ fetch, ledger, alice, admin });
  await devices.connectOauthClient(oauth.oauthClient);
  await alice.send('PUT', '/user-status.json', { description: 'Picking plums', emoji: 'plum' });
  await alice.send('POST', '/bookmarks.json', { bookmarkable_id: 1, bookmarkable_type: 'Post' });
  const [revoked = ''] = keys.splice(0, 1);
  await fetch('/user-api-key/revoke.json', { method: 'POST', headers: { 'user-api-key': revoked } });

  return {
    fetch,
    alice,
    admin,
    ask,
    /** Secrets that are still valid. */
    live: {
      userKeys: [...keys, ...personalKeys],
      feedKey,
      /** A feed key, for the query. */
      calendarKey,
      adminKey,
      oneTimePassword: await makeOneTimePassword(),
      cookie: alice.cookieHeader(),
      csrfToken: await alice.fetchCsrfToken(),
      bearerKey,
      ...oauth,
      ...(await devices.leaveWaiting()),
    },
  };
}

export type BusySite = Awaited<ReturnType<typeof createBusySite>>;
