import { createTestSite, keyRequest } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

describe('POST /user-api-key/decline', () => {
  test('issues nothing, and redirects to the client if it can', async () => {
    const { post, valetkey } = await createTestSite();
    const withRedirect = await post(
      '/user-api-key/decline',
      keyRequest({ auth_redirect: 'https://app.example/cb' }),
      'alice',
    );
    expect(withRedirect.status).toBe(302);
    expect(withRedirect.headers.get('location')).toBe('https://app.example/cb?error=access_denied');
    expect(await (await post('/user-api-key/decline.json', keyRequest(), 'alice')).json()).toEqual({
      state: 'declined',
      redirect_url: 'https://app.example/cb?error=access_denied',
    });
    const page = await post('/user-api-key/decline', keyRequest({ auth_redirect: null }), 'alice');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Declined');
    expect(
      await (await post('/user-api-key/decline.json', keyRequest({ auth_redirect: null }), 'alice')).json(),
    ).toEqual({ state: 'declined' });
    expect(await valetkey.keysOf('id-alice')).toEqual([]);
  });

  test('is not an open redirect', async () => {
    const { post } = await createTestSite();
    const response = await post(
      '/user-api-key/decline',
      keyRequest({ auth_redirect: 'https://evil.example/' }),
      'alice',
    );
    expect(response.status).toBe(403);
    expect(response.headers.get('location')).toBeNull();
  });

  test('requires the user’s session, like an approval', async () => {
    const { post } = await createTestSite();
    expect((await post('/user-api-key/decline.json', keyRequest(), null)).status).toBe(403);
    expect(
      (await post('/user-api-key/decline.json', keyRequest(), null, { cookie: 'session=alice' })).status,
    ).toBe(403);
  });
});
