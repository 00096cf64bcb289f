import { refusalOf } from '@valetkey/test-support/responses';
import { createTestSite, keyRequest } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

describe('a registered client', () => {
  async function site() {
    const test_site = await createTestSite();
    const registered = {
      clientId: 'registered',
      applicationName: 'Registered App',
      publicKey: keyRequest().public_key ?? '',
      authRedirect: 'https://app.example/cb',
      scopes: ['read'],
      createdAt: 1,
      createdFrom: '192.0.2.1',
    };
    await test_site.store.registerClient(registered, null);
    return test_site;
  }
  const short = { client_id: 'registered', nonce: 'n', scopes: 'read' };

  test('POST /user-api-key: the registered name takes precedence over the name in the request', async () => {
    const { approve, valetkey } = await site();
    await approve({ ...short, application_name: 'Somebody Else', public_key: null });
    expect((await valetkey.keysOf('id-alice'))[0]?.applicationName).toBe('Registered App');
  });

  test('POST /user-api-key: rejects a redirect that the client did not register (403)', async () => {
    const { post } = await site();
    const request = keyRequest({ ...short, auth_redirect: 'myapp://callback' });
    expect(await refusalOf(post('/user-api-key.json', request, 'alice'))).toBe(
      '403 client_redirect_mismatch',
    );
  });

  test('POST /user-api-key: requires that the site’s list allows the client’s redirect too', async () => {
    const { post, valetkey } = await site();
    await valetkey.settings.set('allowed_user_api_auth_redirects', 'discourse://auth_redirect');
    const response = await post('/user-api-key.json', keyRequest(short), 'alice');
    expect(await response.json()).toMatchObject({ code: 'redirect_not_allowed' });
  });
});

describe('POST /user-api-key-client', () => {
  async function openSite() {
    const it = await createTestSite();
    await it.valetkey.settings.set('allow_user_api_key_client_scopes', 'read|push');
    const register = (changes: Record<string, string | null> = {}, ipAddress = '192.0.2.1') =>
      it.postFrom(
        ipAddress,
        '/user-api-key-client.json',
        keyRequest({ nonce: null, client_id: 'plum', ...changes }),
        null,
      );
    const isKnown = async (id: string) => (await it.get(`/user-api-key-client?client_id=${id}`)).status;
    return { ...it, register, isKnown };
  }

  test('POST /user-api-key-client: 403 user_api_keys_disabled while the site issues no keys', async () => {
    const { register, isKnown, valetkey } = await openSite();
    await valetkey.settings.set('allow_user_api_keys', false);
    expect(await refusalOf(register())).toBe('403 user_api_keys_disabled');
    expect(await isKnown('plum')).toBe(400);
  });

  test('Retry-After: rounds up, so that a retry at that time succeeds', async () => {
    const { register, advance } = await openSite();
    await register();
    advance(86_399_500);
    const early = await register({ client_id: 'second' });
    expect([early.status, early.headers.get('retry-after')]).toEqual([429, '1']);
    advance(500);
    expect((await register({ client_id: 'second' })).status).toBe(200);
  });

  test('Retry-After: ends with the oldest registration of the day', async () => {
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

  test('an IPv6 network counts as one IP address, and an IPv4 address is the same in both forms', async () => {
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
  ])('%s on the list matches the IP address %s', async (listed, ipAddress) => {
    const { register, valetkey } = await openSite();
    await valetkey.settings.set('create_user_api_key_client_ip_rate_limit_override_ips', listed);
    for (const client_id of ['a', 'b']) expect((await register({ client_id }, ipAddress)).status).toBe(200);
    const others = async (client_id: string) => (await register({ client_id }, '2001:db8:9::1')).status;
    expect([await others('c'), await others('d')]).toEqual([200, 429]);
  });
});
