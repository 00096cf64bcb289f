import { generateKeyPairSync } from 'node:crypto';
import { createDevice } from '@valetkey/test-support/site/device-site';
import {
  createTestSite,
  keyRequest,
  open,
  PRIVATE_KEY,
  PUBLIC_KEY,
} from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const client = {
  clientId: 'client-1',
  applicationName: 'Registered Reader',
  publicKey: PUBLIC_KEY,
  authRedirect: 'myapp://callback',
  scopes: ['read'],
  createdAt: 5,
  createdFrom: '192.0.2.9',
};

describe('POST /user-api-key/device', () => {
  const createSite = async () => {
    const site = await createTestSite();
    return { ...site, device: createDevice(site) };
  };

  test('returns the device code, the user code, and the URL to enter it', async () => {
    const { device } = await createSite();
    const response = await device.sendRequest();
    expect(response.status).toBe(200);
    const answer = (await response.json()) as Record<string, unknown>;
    expect(answer).toEqual({
      device_code: expect.stringMatching(/^[0-9a-f]{64}$/),
      user_code: expect.stringMatching(/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/),
      verification_uri: 'https://forum.example/user-api-key/activate',
      verification_uri_with_request: expect.stringMatching(
        /^https:\/\/forum\.example\/user-api-key\/activate\?request=[-_A-Za-z0-9]{8}$/,
      ),
      expires_in: 600,
      interval: 5,
    });
    expect(answer).not.toHaveProperty('verification_uri_complete');
    expect(JSON.stringify(answer.verification_uri_with_request)).not.toContain(answer.user_code);
    for (const [name, value] of [
      ['cache-control', 'no-store'],
      ['pragma', 'no-cache'],
      ['expires', '0'],
      ['referrer-policy', 'same-origin'],
    ]) {
      expect(response.headers.get(name ?? '')).toBe(value);
    }
  });

  test('works below a base path', async () => {
    const site = await createTestSite({ baseUrl: 'https://example.org/forum' });
    const { verification_uri } = await createDevice(site).start();
    expect(verification_uri).toBe('https://example.org/forum/user-api-key/activate');
  });

  test.each([
    ['a form', new URLSearchParams(keyRequest()), {}],
    ['JSON called text', JSON.stringify(keyRequest()), { 'content-type': 'text/plain' }],
    ['nothing', null, {}],
  ])('rejects %s (403)', async (_what, body, headers) => {
    const { send } = await createSite();
    for (const path of ['/user-api-key/device.json', '/user-api-key/device', '/user-api-key/device/poll']) {
      const response = await send(path, { method: 'POST', body, headers });
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: 'body_type_not_allowed' });
    }
  });

  test('uses the body and ignores the query', async () => {
    const { device } = await createSite();
    const path = `/user-api-key/device.json?${new URLSearchParams(keyRequest())}`;
    expect(await (await device.postJson(path, {})).json()).toMatchObject({
      code: 'parameter_missing',
      advice: expect.stringContaining('in the JSON body.'),
    });
  });

  test.each([
    ['parameter_too_long', 400, { client_id: 'c'.repeat(201) }],
    ['parameter_too_long', 400, { application_name: 'a'.repeat(201) }],
    ['parameter_too_long', 400, { nonce: 'n'.repeat(257) }],
    ['parameter_too_long', 400, { public_key: 'k'.repeat(4097) }],
    ['parameter_too_long', 400, { push_url: `https://p.example/${'p'.repeat(2000)}` }],
    ['parameter_too_long', 400, { scopes: 'read,'.repeat(101) }],
    ['parameter_invalid', 400, { scopes: Array.from({ length: 21 }, (_, index) => `s${index}`).join(',') }],
    ['parameter_invalid', 400, { application_name: 'evil\u202eeman' }],
    ['parameter_missing', 400, { nonce: null }],
    ['parameter_missing', 400, { public_key: null }],
    ['one_time_password_needs_redirect', 400, { scopes: 'read,one_time_password' }],
    ['scope_not_allowed', 403, { scopes: 'read,admin' }],
    ['public_key_unreadable', 400, { public_key: 'not a key' }],
    ['public_key_is_private', 400, { public_key: PRIVATE_KEY }],
    ['expiry_too_long', 400, { expires_in_seconds: '99999999' }],
    ['expiry_invalid', 400, { expires_in_seconds: '0' }],
    ['padding_invalid', 400, { padding: 'none' }],
    ['payload_too_large', 400, { padding: 'oaep', nonce: 'n'.repeat(150) }],
  ])('rejects %s with %i, and stores nothing', async (code, status, changes) => {
    const { device, store } = await createSite();
    const saved: unknown[] = [];
    const { saveGrant } = store;
    store.saveGrant = async (grant) => {
      saved.push(grant);
      return saveGrant(grant);
    };
    const response = await device.sendRequest(changes);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
    expect(saved).toEqual([]);
  });

  test('ignores a redirect', async () => {
    const { device } = await createSite();
    await device.start({ auth_redirect: 'https://evil.example/' });
  });

  test('requires that the feature is on', async () => {
    const { device, valetkey } = await createSite();
    await valetkey.settings.set('allow_user_api_keys', false);
    const response = await device.sendRequest();
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'user_api_keys_disabled' });
  });

  test('requires 2048 bits at least, also if the site accepts less elsewhere', async () => {
    const { device, valetkey } = await createSite();
    await valetkey.settings.set('min_user_api_public_key_bits', 1024);
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
    const public_key = small.export({ type: 'spki', format: 'pem' }).toString();
    const response = await device.sendRequest({ public_key });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'public_key_too_small', min_bits: 2048 });
  });

  test('uses a registered client’s name, scopes and public key', async () => {
    const { device, store } = await createSite();
    await store.registerClient(client, null);
    const named = { application_name: 'Spoofed Name', public_key: null };
    const { device_auth } = await device.type((await device.start(named)).user_code);
    expect(device_auth).toMatchObject({ application_name: 'Registered Reader', unregistered_client: false });
    expect(await (await device.sendRequest({ scopes: 'write' })).json()).toMatchObject({
      code: 'scope_not_allowed',
    });

    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    const public_key = other.export({ type: 'spki', format: 'pem' }).toString();
    expect(await (await device.sendRequest({ public_key })).json()).toMatchObject({
      code: 'client_public_key_mismatch',
    });
  });

  test('polls: pending, then the same encrypted answer for a minute, then none', async () => {
    const { device, advance, authorize, now } = await createSite();
    const started = await device.start({
      scopes: 'read,write',
      padding: 'oaep',
      expires_in_seconds: '86400',
    });
    expect(await device.poll(started)).toEqual({ status: 'authorization_pending' });
    expect(await device.approve(started)).toEqual({ state: 'complete', denied: false });

    const first = await device.poll(started);
    expect(first).toEqual({ status: 'authorized', payload: expect.any(String) });
    const opened = open(first.payload ?? '', 'oaep');
    expect(opened).toMatchObject({ nonce: 'a-nonce-to-compare', push: false, api: 4 });
    expect(Date.parse(opened.expires_at ?? '')).toBe(now() + 86_400_000);
    expect(await authorize(opened.key, { name: 'list#latest' })).toMatchObject({
      kind: 'key',
      principal: { user: { username: 'alice' }, key: { scopes: ['read', 'write'] } },
    });

    advance(59_999);
    expect(await device.poll(started)).toEqual(first);
    advance(1);
    expect(await device.poll(started)).toEqual({ status: 'expired_token' });
    expect(await authorize(opened.key, { name: 'list#latest' })).toMatchObject({ kind: 'key' });
  });

  test('polls: reports a denial until the ten minutes are over', async () => {
    const { device, advance, valetkey } = await createSite();
    const started = await device.start();
    const { approval_token = '' } = await device.type(started.user_code);
    expect(await device.deny({ approval_token })).toEqual({ state: 'complete', denied: true });
    expect(await device.poll(started)).toEqual({ status: 'access_denied' });
    expect(await valetkey.keysOf('id-alice')).toEqual([]);
    advance(600_000);
    expect(await device.poll(started)).toEqual({ status: 'expired_token' });
  });

  test('polls: the response is the same for expired and unknown codes, and never an error', async () => {
    const { device, advance } = await createSite();
    const started = await device.start();
    advance(599_999);
    expect(await device.poll(started)).toEqual({ status: 'authorization_pending' });
    advance(1);
    for (const device_code of [started.device_code, 'f'.repeat(64), 'x', started.user_code]) {
      const response = await device.postJson('/user-api-key/device/poll.json', { device_code });
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ status: 'expired_token' });
    }
  });

  test.each([
    ['parameter_missing', {}],
    ['parameter_invalid', { device_code: ['a'] }],
    ['parameter_invalid', { device_code: { toString: 'x' } }],
    ['parameter_too_long', { device_code: 'f'.repeat(257) }],
  ])('polls: rejects %s (400)', async (code, body) => {
    const { device } = await createSite();
    const response = await device.postJson('/user-api-key/device/poll.json', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code });
  });

  test('an approval just before the expiry can be fetched for a whole minute', async () => {
    const { device, advance } = await createSite();
    const started = await device.start();
    advance(599_999);
    await device.approve(started);
    advance(59_999);
    expect((await device.poll(started)).status).toBe('authorized');
    advance(1);
    expect((await device.poll(started)).status).toBe('expired_token');
  });

  test('a device gets pushes under the same conditions as other clients', async () => {
    const { device, valetkey } = await createSite();
    await valetkey.settings.set('allowed_user_api_push_urls', 'https://push.example/v1');
    const started = await device.start({ scopes: 'push', push_url: 'https://push.example/v1' });
    await device.approve(started);
    expect(open((await device.poll(started)).payload ?? '').push).toBe(true);
    expect((await valetkey.keysOf('id-alice'))[0]?.pushUrl).toBe('https://push.example/v1');
  });
});
