import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ask, createTestSite } from './harness.ts';

describe('a registered client', () => {
  async function site() {
    const test_site = await createTestSite();
    await test_site.store.registerClient({
      clientId: 'registered',
      applicationName: 'Registered App',
      publicKey: ask().public_key ?? '',
      authRedirect: 'https://app.example/cb',
      scopes: ['read'],
      createdAt: 1,
    });
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

function otherPublicKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString();
}
