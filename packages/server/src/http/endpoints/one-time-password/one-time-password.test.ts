import { constants, privateDecrypt } from 'node:crypto';
import { json, refusalOf } from '@valetkey/test-support/responses';
import { createTestSite, keyRequest, PRIVATE_KEY } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const from = { ipAddress: '192.0.2.1' };
const REDIRECT = 'https://app.example/cb';
const request = (changes: Record<string, string | null> = {}) =>
  keyRequest({ client_id: null, nonce: null, scopes: null, auth_redirect: REDIRECT, ...changes });

function open(location: string): string {
  const sealed = new URL(location).searchParams.get('oneTimePassword') ?? '';
  const key = { key: PRIVATE_KEY, padding: constants.RSA_PKCS1_PADDING };
  return privateDecrypt(key, Buffer.from(sealed, 'base64')).toString();
}

describe('one-time passwords', () => {
  test('POST /user-api-key with the scope one_time_password: adds oneTimePassword= after the query and before the fragment', async () => {
    const { post, valetkey } = await createTestSite();
    await valetkey.settings.set('allowed_user_api_auth_redirects', 'https://app.example/cb?a=1#frag');
    const redirect = 'https://app.example/cb?a=1#frag';
    const values = keyRequest({ scopes: 'read,one_time_password', auth_redirect: redirect });
    const location = (await post('/user-api-key', values, 'alice')).headers.get('location') ?? '';
    expect(location).toMatch(/^https:\/\/app\.example\/cb\?a=1&payload=[^&#]+&oneTimePassword=[^&#]+#frag$/);
    expect((await valetkey.consumeOneTimePassword(open(location), from))?.username).toBe('alice');
    const without = await post(
      '/user-api-key',
      keyRequest({ scopes: 'read', auth_redirect: redirect }),
      'alice',
    );
    expect(without.headers.get('location')).not.toContain('oneTimePassword');
  });

  test.each([
    ['oaep', 'oaep'],
    ['pkcs1', 'pkcs1'],
    [null, null],
  ])(
    'GET /user-api-key/otp.json: has the padding of the request, as the model of a key request: %s',
    async (padding, shown) => {
      const { get } = await createTestSite();
      const headers = { cookie: 'session=alice' };
      for (const [path, values] of [
        ['/user-api-key/otp.json', request({ padding })],
        ['/user-api-key/new.json', keyRequest({ padding })],
      ] as const) {
        const response = await get(`${path}?${new URLSearchParams(values)}`, headers);
        expect(await response.json()).toMatchObject({ state: 'ready', padding: shown });
      }
    },
  );

  test('POST /user-api-key/otp: rejects a key beside the cookie, and a suspended user', async () => {
    const { post, approve } = await createTestSite();
    const { key } = await approve({ scopes: 'write' });
    const byKey = post('/user-api-key/otp.json', request(), 'alice', { 'User-Api-Key': key });
    expect(await refusalOf(byKey)).toBe('403 session_required');
    expect(await refusalOf(post('/user-api-key/otp.json', request(), 'sam'))).toBe('403 user_suspended');
  });

  type Site = Awaited<ReturnType<typeof createTestSite>>;
  const idOf = async ({ store }: Site) => String((await store.listKeys('id-alice'))[0]?.id);
  const endings: [string, (site: Site) => unknown][] = [
    [
      'its key is revoked',
      async (site) => site.post('/user-api-key/revoke.json', { id: await idOf(site) }, 'alice'),
    ],
    ['its key is replaced', ({ approve }) => approve({ scopes: 'read' })],
    ['its key expires', ({ advance }) => advance(61_000)],
    [
      'its key is revoked by its age',
      ({ store, now }) =>
        store.revokeStaleKeys({
          unusedSince: null,
          approvedBefore: now() + 1,
          revokedAt: now(),
          afterId: 0,
          limit: 9,
        }),
    ],
    ['the feature is turned off', ({ valetkey }) => valetkey.settings.set('allow_user_api_keys', false)],
    ['the scope is withdrawn', ({ valetkey }) => valetkey.settings.set('allow_user_api_key_scopes', 'read')],
    ['the user leaves the allowed groups', ({ changeUser }) => changeUser('alice', { groups: [] })],
    ['the user is suspended', ({ changeUser }) => changeUser('alice', { isSuspended: true })],
    ['the user is deleted', ({ users }) => users.delete('alice')],
  ];

  test.each(endings)(
    'a one-time password becomes invalid with its key, user and scope: if %s',
    async (_, end) => {
      const site = await createTestSite();
      const values = keyRequest({ scopes: 'read,one_time_password', expires_in_seconds: '60' });
      const { redirect_url } = await json(site.post('/user-api-key.json', values, 'alice'));
      expect(await site.valetkey.findOneTimePassword(open(redirect_url))).toMatchObject({
        username: 'alice',
      });
      await end(site);
      expect(await site.valetkey.findOneTimePassword(open(redirect_url))).toBeNull();
      expect(await site.valetkey.consumeOneTimePassword(open(redirect_url), from)).toBeNull();
      const [newest] = await site.store.listAuditEvents({ beforeId: null, limit: 1 });
      expect(newest?.action).not.toBe('one_time_password_used');
    },
  );

  test.each(endings.slice(4))(
    'a one-time password without a key becomes invalid too: if %s',
    async (_, end) => {
      const site = await createTestSite();
      const { redirect_url } = await json(site.post('/user-api-key/otp.json', request(), 'alice'));
      await end(site);
      expect(await site.valetkey.consumeOneTimePassword(open(redirect_url), from)).toBeNull();
    },
  );

  test('consumeOneTimePassword: adds its use to the audit, once, with the app, the key and the IP address', async () => {
    const site = await createTestSite();
    const withKey = await json(
      site.post('/user-api-key.json', keyRequest({ scopes: 'one_time_password' }), 'alice'),
    );
    const without = await json(site.post('/user-api-key/otp.json', request(), 'alice'));
    const keyId = Number(await idOf(site));
    const use = { action: 'one_time_password_used', actorId: 'id-alice', ownerId: 'id-alice' };
    for (const [{ redirect_url }, id] of [
      [withKey, keyId],
      [without, null],
    ] as const) {
      const password = open(redirect_url);
      const uses = await Promise.all([1, 2].map(() => site.valetkey.consumeOneTimePassword(password, from)));
      expect(uses.filter((user) => user !== null)).toHaveLength(1);
      const [newest, earlier] = await site.store.listAuditEvents({ beforeId: null, limit: 2 });
      expect(newest).toMatchObject({ ...use, keyId: id, subject: 'Plum Reader', ipAddress: '192.0.2.1' });
      if (id === keyId) expect(earlier?.action).not.toBe('one_time_password_used');
    }
  });

  test('consumeOneTimePassword: returns null once the user is suspended', async () => {
    const { post, valetkey, changeUser } = await createTestSite();
    const { redirect_url } = await json(post('/user-api-key/otp.json', request(), 'bob'));
    changeUser('bob', { isSuspended: true });
    expect(await valetkey.consumeOneTimePassword(open(redirect_url), from)).toBeNull();
  });
});
