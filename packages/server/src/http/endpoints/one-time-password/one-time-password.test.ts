import { constants, privateDecrypt } from 'node:crypto';
import { json, refusalOf } from '@valetkey/test-support/responses';
import { ask, createTestSite, PRIVATE_KEY } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const REDIRECT = 'https://app.example/cb';
const request = (changes: Record<string, string | null> = {}) =>
  ask({ client_id: null, nonce: null, scopes: null, auth_redirect: REDIRECT, ...changes });

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
    const values = ask({ scopes: 'read,one_time_password', auth_redirect: redirect });
    const location = (await post('/user-api-key', values, 'alice')).headers.get('location') ?? '';
    expect(location).toMatch(/^https:\/\/app\.example\/cb\?a=1&payload=[^&#]+&oneTimePassword=[^&#]+#frag$/);
    expect((await valetkey.consumeOneTimePassword(open(location)))?.username).toBe('alice');
    const without = await post('/user-api-key', ask({ scopes: 'read', auth_redirect: redirect }), 'alice');
    expect(without.headers.get('location')).not.toContain('oneTimePassword');
  });

  test('POST /user-api-key/otp: rejects a key beside the cookie, and a suspended user', async () => {
    const { post, approve } = await createTestSite();
    const { key } = await approve({ scopes: 'write' });
    const byKey = post('/user-api-key/otp.json', request(), 'alice', { 'User-Api-Key': key });
    expect(await refusalOf(byKey)).toBe('403 session_required');
    expect(await refusalOf(post('/user-api-key/otp.json', request(), 'sam'))).toBe('403 user_suspended');
  });

  test('consumeOneTimePassword: returns null once the user is suspended', async () => {
    const { post, valetkey, changeUser } = await createTestSite();
    const { redirect_url } = await json(post('/user-api-key/otp.json', request(), 'bob'));
    changeUser('bob', { isSuspended: true });
    expect(await valetkey.consumeOneTimePassword(open(redirect_url))).toBeNull();
  });
});
