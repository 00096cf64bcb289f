import {
  createTestSite,
  keyRequest,
  PRIVATE_KEY,
  PUBLIC_KEY,
  query,
} from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const alice = { cookie: 'session=alice' };

describe('GET /user-api-key/new', () => {
  const site = () => createTestSite();

  test('returns everything that a front end needs to a signed-in user', async () => {
    const { get, now } = await site();
    const response = await get(
      `/user-api-key/new.json${query(keyRequest({ expires_in_seconds: '3600', scopes: 'read,write' }))}`,
      alice,
    );
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      state: 'ready',
      application_name: 'Plum Reader',
      client_id: 'client-1',
      nonce: 'a-nonce-to-compare',
      public_key: PUBLIC_KEY,
      scopes: 'read,write',
      optional_scopes: '',
      localized_scopes: [
        'Read everything you can read',
        'Read, write, change and delete everything you can, in your name',
      ],
      write_scope: true,
      auth_redirect: 'https://app.example/cb',
      redirect_uri: 'app.example',
      push_url: null,
      padding: null,
      expires_in_seconds: 3600,
      expires_at: new Date(now() + 3_600_000).toISOString(),
      current_user: { username: 'alice', avatar_template: '/avatar/alice/{size}.png' },
    });
  });

  test('forbids caching, and sends no referrer', async () => {
    const { get } = await site();
    const { headers } = await get(`/user-api-key/new${query(keyRequest())}`, alice);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('pragma')).toBe('no-cache');
    expect(headers.get('expires')).toBe('0');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  });

  test.each(['client_id', 'nonce', 'scopes', 'application_name', 'public_key'])(
    'rejects a missing %s (400) before sign-in',
    async (parameter) => {
      const { get } = await site();
      for (const values of [keyRequest({ [parameter]: null }), keyRequest({ [parameter]: '' })]) {
        const response = await get(`/user-api-key/new.json${query(values)}`);
        expect(response.status).toBe(400);
        expect(await response.json()).toMatchObject({
          error_type: 'invalid_parameters',
          code: 'parameter_missing',
          parameter,
          errors: [expect.stringContaining(parameter)],
        });
        expect((await get(`/user-api-key/new${query(values)}`)).status).toBe(400);
      }
    },
  );

  test.each([
    ['padding_invalid', { padding: 'none' }],
    ['parameter_invalid', { application_name: 'evil\u202Eeman' }],
    ['parameter_invalid', { client_id: 'a\u0000b' }],
    ['parameter_too_long', { application_name: 'x'.repeat(201) }],
  ])('rejects %s (400)', async (code, changes) => {
    const { get } = await site();
    const response = await get(`/user-api-key/new.json${query(keyRequest(changes))}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code, error_type: 'invalid_parameters' });
  });

  test('rejects a parameter with two different values', async () => {
    const { get } = await site();
    const response = await get(`/user-api-key/new.json${query(keyRequest())}&scopes=write`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'parameter_invalid', parameter: 'scopes' });
  });

  test.each([
    ['scope_not_allowed', { scopes: 'read,everything' }],
    ['scope_not_allowed', { scopes: '__proto__' }],
    ['redirect_not_allowed', { auth_redirect: 'https://evil.example/cb' }],
    ['redirect_not_allowed', { auth_redirect: 'javascript://app.example/%0aalert(1)' }],
    ['redirect_missing_host', { auth_redirect: 'myapp:callback' }],
    ['public_key_unreadable', { public_key: 'hello' }],
    ['public_key_is_private', { public_key: PRIVATE_KEY }],
    ['expiry_invalid', { expires_in_seconds: '0' }],
    ['expiry_invalid', { expires_in_seconds: '1e3' }],
    ['expiry_too_long', { expires_in_seconds: '9999999999' }],
    ['payload_too_large', { nonce: 'n'.repeat(300) }],
  ])(
    'reports %s before sign-in: as state for front ends, as a page with 4xx for users',
    async (reason, changes) => {
      const { get } = await site();
      const json = await get(`/user-api-key/new.json${query(keyRequest(changes))}`);
      expect(json.status).toBe(200);
      const { message, ...state } = (await json.json()) as { message: string };
      expect(state).toMatchObject({ state: 'generic_error', reason });
      // The sentences of the page, not a list of codes.
      expect(message).toMatch(/^[A-Z].+\. .+\.$/);
      expect(message).not.toContain(`: ${reason}`);
      const page = await get(`/user-api-key/new${query(keyRequest(changes))}`);
      expect(page.status).toBeGreaterThanOrEqual(400);
      expect(page.status).toBeLessThan(500);
      expect(await page.text()).toContain(reason);
    },
  );

  test('states the maximum length of a nonce that does not fit', async () => {
    const { get } = await site();
    const tooLong = keyRequest({ nonce: 'n'.repeat(105), padding: 'oaep', expires_in_seconds: '60' });
    const answer = await (await get(`/user-api-key/new.json${query(tooLong)}`)).json();
    const { max_nonce_bytes } = answer as { max_nonce_bytes: number };
    expect(answer).toMatchObject({ reason: 'payload_too_large' });
    expect(max_nonce_bytes).toBeGreaterThanOrEqual(100);
    const fits = keyRequest({
      nonce: 'n'.repeat(max_nonce_bytes),
      padding: 'oaep',
      expires_in_seconds: '60',
    });
    expect(await (await get(`/user-api-key/new.json${query(fits)}`, alice)).json()).toMatchObject({
      state: 'ready',
    });
  });

  test('redirects to sign-in and back with every parameter unchanged', async () => {
    const { get } = await site();
    const path = `/user-api-key/new${query(keyRequest({ application_name: 'A & B + C=?#/é', push_url: 'https://push.example/?a=b&c' }))}`;
    const response = await get(path);
    expect(response.status).toBe(302);
    const login = new URL(response.headers.get('location') ?? '', 'https://forum.example');
    expect(login.pathname).toBe('/login');
    expect(login.searchParams.get('return_to')).toBe(path);
  });

  test.each(['user_api_key', 'api_key', 'user%5Fapi_key'])(
    'removes a key in %s from the return path, and nothing else',
    async (name) => {
      const { get } = await site();
      const returnPath = async (path: string) => {
        const location = (await get(path)).headers.get('location') ?? '';
        return new URL(location, 'https://forum.example').searchParams.get('return_to');
      };
      const key = 'f'.repeat(32);
      const asked = `/user-api-key/new${query(keyRequest({ application_name: 'A & B + C=?#/é' }))}`;
      expect(await returnPath(`${asked}&${name}=${key}`)).toBe(asked);
      const apps = '/u/alice/preferences/apps';
      expect(await returnPath(`${apps}?${name}=${key}`)).toBe(apps);
    },
  );

  test('rejects users outside the allowed groups, but never staff', async () => {
    const { get, valetkey } = await site();
    await valetkey.settings.set('user_api_key_allowed_groups', 'trust_level_1');
    const path = `/user-api-key/new.json${query(keyRequest())}`;
    expect(await (await get(path, { cookie: 'session=bob' })).json()).toEqual({
      state: 'no_trust_level',
      application_name: 'Plum Reader',
      current_user: { username: 'bob', avatar_template: '/avatar/bob/{size}.png' },
    });
    for (const cookie of ['session=alice', 'session=admin']) {
      expect(await (await get(path, { cookie })).json()).toMatchObject({ state: 'ready' });
    }
  });

  test('reports that the feature is off, and applies changes of allowed scopes immediately', async () => {
    const { get, valetkey } = await site();
    const path = `/user-api-key/new.json${query(keyRequest())}`;
    await valetkey.settings.set('allow_user_api_key_scopes', 'write');
    expect(await (await get(path, alice)).json()).toMatchObject({
      reason: 'scope_not_allowed',
      allowed_scopes: ['write'],
    });
    await valetkey.settings.set('allow_user_api_keys', false);
    expect(await (await get(path, alice)).json()).toMatchObject({ reason: 'user_api_keys_disabled' });
  });

  test('ignores unknown parameters', async () => {
    const { get } = await site();
    const response = await get(
      `/user-api-key/new.json${query({ ...keyRequest(), discourse_app: '1', __proto__x: 'y' })}`,
      alice,
    );
    expect(await response.json()).toMatchObject({ state: 'ready' });
  });

  test('does not accept a key as a session', async () => {
    const { get, approve } = await site();
    const { key } = await approve({ scopes: 'write' });
    const response = await get(`/user-api-key/new${query(keyRequest())}`, { ...alice, 'User-Api-Key': key });
    expect(response.status).toBe(302);
  });
});

describe('HEAD /user-api-key/new', () => {
  test('returns the version to every origin, and 404 if the feature is off', async () => {
    const { send, valetkey } = await createTestSite();
    const on = await send('/user-api-key/new', {
      method: 'HEAD',
      headers: { origin: 'https://anywhere.example' },
    });
    expect(on.status).toBe(200);
    expect(on.headers.get('auth-api-version')).toBe('4');
    expect(on.headers.get('access-control-allow-origin')).toBe('*');
    expect(on.headers.get('access-control-expose-headers')).toContain('Auth-Api-Version');
    expect(on.headers.get('auth-api-device-code')).toBe('true');
    expect(on.headers.get('access-control-expose-headers')).toContain('Auth-Api-Device-Code');
    await valetkey.settings.set('allow_user_api_keys', 'false');
    expect((await send('/user-api-key/new', { method: 'HEAD' })).status).toBe(404);
  });
});

describe('a site with a base path', () => {
  test('serves only below its base path, and links its own assets', async () => {
    const { get, valetkey } = await createTestSite({ baseUrl: 'https://example.org/forum' });
    const page = await (await get(`/user-api-key/new${query(keyRequest())}`, alice)).text();
    expect(page).toContain('action="/forum/user-api-key"');
    expect(page).toContain('href="/forum/user-api-key/assets/valetkey.css"');
    const outside = new Request('https://example.org/user-api-key/new');
    expect(await valetkey.fetch(outside, { ipAddress: '192.0.2.1' })).toBeNull();
  });
});
