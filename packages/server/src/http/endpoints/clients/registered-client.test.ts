import { generateKeyPairSync } from 'node:crypto';
import { ask, createTestSite, stores } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

describe('a registered client', () => {
  async function site() {
    const test_site = await createTestSite();
    const registered = {
      clientId: 'registered',
      applicationName: 'Registered App',
      publicKey: ask().public_key ?? '',
      authRedirect: 'https://app.example/cb',
      scopes: ['read'],
      createdAt: 1,
      createdFrom: '192.0.2.1',
    };
    await test_site.store.registerClient(registered, null);
    return test_site;
  }
  const short = { client_id: 'registered', nonce: 'n', scopes: 'read' };

  test('needs to send neither name nor key, and its stored name wins', async () => {
    const { approve, valetkey } = await site();
    await approve({ ...short, application_name: 'Somebody Else', public_key: null });
    expect((await valetkey.keysOf('id-alice'))[0]?.applicationName).toBe('Registered App');
  });

  test.each([
    ['client_redirect_mismatch', { auth_redirect: 'myapp://callback' }],
    ['scope_not_allowed', { scopes: 'write' }],
    ['client_public_key_mismatch', { public_key: otherPublicKey() }],
  ])('is refused with %s', async (code, changes) => {
    const { post } = await site();
    const response = await post('/user-api-key.json', ask({ ...short, ...changes }), 'alice');
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code });
  });

  test('is held to the site’s list as well as to its own redirect', async () => {
    const { post, valetkey } = await site();
    await valetkey.settings.set('allowed_user_api_auth_redirects', 'discourse://auth_redirect');
    const response = await post('/user-api-key.json', ask(short), 'alice');
    expect(await response.json()).toMatchObject({ code: 'redirect_not_allowed' });
  });
});

describe.each(Object.entries(stores))('POST /user-api-key-client on %s', (_name, createStore) => {
  async function openSite() {
    const it = await createTestSite({ store: createStore() });
    await it.valetkey.settings.set('allow_user_api_key_client_scopes', 'read|push');
    const register = (changes: Record<string, string | null> = {}, ipAddress?: string) =>
      it.post(
        '/user-api-key-client.json',
        ask({ nonce: null, client_id: 'plum', ...changes }),
        null,
        {},
        ipAddress,
      );
    const isKnown = async (id: string) => (await it.get(`/user-api-key-client?client_id=${id}`)).status;
    return { ...it, register, isKnown };
  }

  test('makes an app known, so that its people just connect', async () => {
    const { register, isKnown, approve, valetkey } = await openSite();
    expect(await isKnown('plum')).toBe(400);
    expect((await register()).status).toBe(200);
    expect(await isKnown('plum')).toBe(200);
    await approve({ client_id: 'plum', application_name: null, public_key: null });
    expect((await valetkey.keysOf('id-alice'))[0]?.applicationName).toBe('Plum Reader');
  });

  test.each([
    ['scope_not_allowed', 403, { scopes: 'read,write' }],
    ['redirect_not_allowed', 403, { auth_redirect: 'https://evil.example/cb' }],
    ['public_key_unreadable', 400, { public_key: 'x' }],
    ['parameter_missing', 400, { auth_redirect: null }],
    ['parameter_missing', 400, { application_name: '' }],
  ])('is refused with %s, and registers nothing', async (code, status, changes) => {
    const { register, isKnown } = await openSite();
    const response = await register(changes);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
    expect(await isKnown('plum')).toBe(400);
  });

  test('nobody takes over a client, and nobody registers where no scope is open or the feature is off', async () => {
    const { register, store, valetkey } = await openSite();
    await register();
    expect(await (await register({ public_key: otherPublicKey() })).json()).toMatchObject({
      code: 'client_already_registered',
    });
    expect((await store.findClient('plum'))?.publicKey).toBe(ask().public_key);
    await valetkey.settings.set('allow_user_api_key_client_scopes', '');
    expect(await (await register({ client_id: 'other' })).json()).toMatchObject({
      code: 'scope_not_allowed',
    });
    await valetkey.settings.set('allow_user_api_keys', false);
    expect(await (await register({ client_id: 'other' })).json()).toMatchObject({
      code: 'user_api_keys_disabled',
    });
  });

  test('one address registers one a day, unless it may do more', async () => {
    const { register, advance, valetkey } = await openSite();
    expect((await register()).status).toBe(200);
    const second = await register({ client_id: 'second' });
    expect(second.status).toBe(429);
    expect(second.headers.get('retry-after')).toBe('86400');
    advance(86_399_500);
    const early = await register({ client_id: 'second' });
    expect([early.status, early.headers.get('retry-after')]).toEqual([429, '1']);
    advance(500);
    expect((await register({ client_id: 'second' })).status).toBe(200);
    await valetkey.settings.set('create_user_api_key_client_ip_rate_limit_override_ips', '192.0.2.1');
    expect((await register({ client_id: 'third' })).status).toBe(200);
  });

  test('where some a day are allowed, the wait is until the oldest that fills the day leaves it', async () => {
    const { register, advance, valetkey } = await openSite();
    await valetkey.settings.set('user_api_key_clients_create_per_day', 2);
    for (const client_id of ['a', 'b']) {
      expect((await register({ client_id })).status).toBe(200);
      await register({ client_id: `elsewhere-${client_id}` }, '198.51.100.1');
      advance(3_600_000);
    }
    expect((await register({ client_id: 'c' })).headers.get('retry-after')).toBe(String(22 * 3600));
    advance(22 * 3_600_000);
    expect((await register({ client_id: 'c' })).status).toBe(200);
    expect((await register({ client_id: 'd' })).headers.get('retry-after')).toBe('3600');
  });

  test('an IPv6 network is one address, and an IPv4 address is the same in both forms', async () => {
    const { register, store } = await openSite();
    const from = async (ipAddress: string) =>
      (await register({ client_id: `from ${ipAddress}` }, ipAddress)).status;
    expect(await from('2001:db8:1:2::7')).toBe(200);
    expect((await store.findClient('from 2001:db8:1:2::7'))?.createdFrom).toBe('2001:db8:1:2::/64');
    for (const ipAddress of ['2001:db8:1:2::8', '2001:DB8:1:2:ffff::1'])
      expect(await from(ipAddress)).toBe(429);
    expect(await from('2001:db8:1:3::7')).toBe(200);
    expect([await from('203.0.113.7'), await from('::ffff:203.0.113.7')]).toEqual([200, 429]);
  });

  test.each([
    ['2001:DB8::1', '2001:db8:0:0::1'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['203.0.113.7', '::ffff:cb00:7107'],
  ])('%s on the list is the address %s', async (listed, ipAddress) => {
    const { register, valetkey } = await openSite();
    await valetkey.settings.set('create_user_api_key_client_ip_rate_limit_override_ips', listed);
    for (const client_id of ['a', 'b']) expect((await register({ client_id }, ipAddress)).status).toBe(200);
    const others = async (client_id: string) => (await register({ client_id }, '2001:db8:9::1')).status;
    expect([await others('c'), await others('d')]).toEqual([200, 429]);
  });
});

function otherPublicKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString();
}
