import { constants, privateDecrypt } from 'node:crypto';
import {
  ask,
  createTestSite,
  PRIVATE_KEY,
  PUBLIC_KEY,
  query,
  stores,
} from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const REDIRECT = 'https://app.example/cb';
const request = (changes: Record<string, string | null> = {}) =>
  ask({ client_id: null, nonce: null, scopes: null, auth_redirect: REDIRECT, ...changes });

function open(location: string): string {
  const sealed = new URL(location).searchParams.get('oneTimePassword') ?? '';
  const key = { key: PRIVATE_KEY, padding: constants.RSA_PKCS1_PADDING };
  return privateDecrypt(key, Buffer.from(sealed, 'base64')).toString();
}

describe.each(Object.entries(stores))('one-time passwords on %s', (_name, createStore) => {
  const site = () => createTestSite({ store: createStore() });

  test('a person lets an app sign them in: once, within ten minutes', async () => {
    const { post, valetkey, advance } = await site();
    const response = await post('/user-api-key/otp', request({ auth_redirect: REDIRECT }), 'alice');
    expect(response.status).toBe(302);
    const password = open(response.headers.get('location') ?? '');
    expect(password).toMatch(/^[0-9a-f]{32}$/);
    expect((await valetkey.findOneTimePassword(password))?.username).toBe('alice');
    expect((await valetkey.findOneTimePassword(password))?.username).toBe('alice');
    const racers = await Promise.all(
      Array.from({ length: 5 }, () => valetkey.consumeOneTimePassword(password)),
    );
    expect(racers.filter((user) => user !== null)).toHaveLength(1);
    expect(await valetkey.consumeOneTimePassword(password)).toBeNull();

    const late = (await (await post('/user-api-key/otp.json', request(), 'alice')).json()) as {
      redirect_url: string;
    };
    advance(600_000);
    expect(await valetkey.consumeOneTimePassword(open(late.redirect_url))).toBeNull();
  });

  test('comes with a key whose scopes include it, before any fragment and beside what the redirect had', async () => {
    const { post, valetkey } = await site();
    await valetkey.settings.set('allowed_user_api_auth_redirects', 'https://app.example/cb?a=1#frag');
    const redirect = 'https://app.example/cb?a=1#frag';
    const values = ask({ scopes: 'read,one_time_password', auth_redirect: redirect });
    const location = (await post('/user-api-key', values, 'alice')).headers.get('location') ?? '';
    expect(location).toMatch(/^https:\/\/app\.example\/cb\?a=1&payload=[^&#]+&oneTimePassword=[^&#]+#frag$/);
    expect((await valetkey.consumeOneTimePassword(open(location)))?.username).toBe('alice');
    const without = await post('/user-api-key', ask({ scopes: 'read', auth_redirect: redirect }), 'alice');
    expect(without.headers.get('location')).not.toContain('oneTimePassword');
  });

  test('asking shows a page and a model, and changes nothing', async () => {
    const { get } = await site();
    const alice = { cookie: 'session=alice' };
    const page = await (await get(`/user-api-key/otp${query(request())}`, alice)).text();
    expect(page).toContain('sign you in, once?');
    expect(page).toContain('app.example');
    expect(await (await get(`/user-api-key/otp.json${query(request())}`, alice)).json()).toMatchObject({
      state: 'ready',
      application_name: 'Plum Reader',
      redirect_uri: 'app.example',
    });
    expect((await get(`/user-api-key/otp${query(request())}`)).headers.get('location')).toMatch(
      /^\/login\?return_to=/,
    );
  });

  test.each([
    ['public_key_unreadable', 400, { public_key: 'x' }],
    ['padding_invalid', 400, { padding: 'x' }],
    ['parameter_missing', 400, { auth_redirect: null }],
    ['parameter_missing', 400, { application_name: null }],
    ['redirect_not_allowed', 403, { auth_redirect: 'https://evil.example/' }],
  ])('answers %s with %i, asked or approved', async (code, status, changes) => {
    const { get, post } = await site();
    const asked = await get(`/user-api-key/otp.json${query(request(changes))}`);
    const approved = await post('/user-api-key/otp.json', request(changes), 'alice');
    for (const response of [asked, approved]) {
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({ code });
    }
  });

  test('a registered client may use its own redirect only', async () => {
    const { post, store } = await site();
    const client = {
      clientId: 'c',
      applicationName: 'Registered',
      publicKey: PUBLIC_KEY,
      authRedirect: 'myapp://callback',
    };
    await store.registerClient(
      { ...client, scopes: ['one_time_password'], createdAt: 1, createdFrom: '' },
      null,
    );
    const other = await post('/user-api-key/otp.json', request(), 'alice');
    expect(await other.json()).toMatchObject({ code: 'client_redirect_mismatch' });
    expect(
      (await post('/user-api-key/otp.json', request({ auth_redirect: 'myapp://callback' }), 'alice')).status,
    ).toBe(200);
  });

  test('needs a person with a session, the scope on the site’s list, and an account that is not suspended', async () => {
    const { post, approve, valetkey, people } = await site();
    const { key } = await approve({ scopes: 'write' });
    const byKey = await post('/user-api-key/otp.json', request(), 'alice', { 'User-Api-Key': key });
    expect(await byKey.json()).toMatchObject({ code: 'session_required' });
    expect((await post('/user-api-key/otp.json', request(), null)).status).toBe(403);
    expect((await post('/user-api-key/otp.json', request(), 'sam')).status).toBe(403);

    const { redirect_url } = (await (await post('/user-api-key/otp.json', request(), 'bob')).json()) as {
      redirect_url: string;
    };
    const bob = people.get('bob');
    if (bob) people.set('bob', { ...bob, isSuspended: true });
    expect(await valetkey.consumeOneTimePassword(open(redirect_url))).toBeNull();

    await valetkey.settings.set('allow_user_api_key_scopes', 'read');
    expect(await (await post('/user-api-key/otp.json', request(), 'alice')).json()).toMatchObject({
      code: 'scope_not_allowed',
    });
  });
});
