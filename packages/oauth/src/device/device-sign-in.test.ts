import { createOauthDevice } from '@valetkey/test-support/site/oauth-device';
import { expect, test } from 'vitest';
import { open } from '../test-support/open-authorization.ts';
import { createOpenIdSite, SIGN_IN } from '../test-support/open-id-site.ts';

const CLIENT = { client_id: 'public-client' };

async function createDeviceSite() {
  const site = await createOpenIdSite();
  const oauth = createOauthDevice(site);
  return {
    ...site,
    ...oauth,
    /** The site without the device, for requests of a browser. */
    browser: site,
    async signIn(scope: string) {
      const started = await oauth.start({ ...CLIENT, scope });
      await oauth.device.approve(started);
      return oauth.token(started, CLIENT);
    },
  };
}

test('a device that requests openid gets an ID token without a nonce, with the time of the sign-in', async () => {
  const { signIn, signInAt, verify, userinfo, use, now } = await createDeviceSite();
  signInAt(now() - 60_000);
  const tokens = await signIn('openid profile read');
  expect(tokens).toMatchObject({ status: 200, scope: 'openid profile read' });
  const claims = await verify(tokens.id_token);
  expect(claims).toMatchObject({
    sub: 'id-alice',
    preferred_username: 'alice',
    auth_time: (now() - 60_000) / 1000,
    at_hash: expect.any(String),
  });
  expect(claims).not.toHaveProperty('nonce');
  expect((await userinfo(tokens.access_token)).body).toMatchObject({ sub: 'id-alice' });
  expect(await use(tokens.access_token)).toBe('ok');
});

test('a sign-in without scopes for the API opens no API, and ends with its access token', async () => {
  const { signIn, use, userinfo, refresh, advance, verify } = await createDeviceSite();
  const tokens = await signIn('openid groups');
  expect(tokens).toMatchObject({ status: 200, scope: 'openid' });
  await verify(tokens.id_token);
  expect(await use(tokens.access_token)).not.toBe('ok');
  expect((await userinfo(tokens.access_token)).status).toBe(200);
  advance(3_600_000);
  expect(await refresh(tokens.refresh_token)).toMatchObject({ error: 'invalid_grant' });
});

test('without openid there is no ID token', async () => {
  const tokens = await (await createDeviceSite()).signIn('profile read');
  expect(tokens).toMatchObject({ status: 200, scope: 'read' });
  expect(tokens).not.toHaveProperty('id_token');
});

test('the page and its JSON name what the client learns, before the user approves', async () => {
  const { start, device, post } = await createDeviceSite();
  const started = await start({ ...CLIENT, scope: 'openid email read' });
  const { user_code: code } = started;
  const page = await (await post('/user-api-key/activate', { code }, 'alice')).text();
  expect(page).toContain('your user id on this site');
  expect(page).toContain('your email address');
  expect((await device.type(started.user_code)).device_auth).toMatchObject({
    identity_scopes: ['openid', 'email'],
  });
});

test('an ID token is for the client that started the request, and for the user who approved it', async () => {
  const { start, device, token, verify } = await createDeviceSite();
  const started = await start({ ...CLIENT, scope: 'openid' });
  await device.approve(started, 'bob');
  expect(await token(started, { client_id: 'web-client' })).toMatchObject({ status: 400 });
  const { id_token } = await token(started, CLIENT);
  expect(await verify(id_token)).toMatchObject({ sub: 'id-bob', aud: 'public-client' });
});

test('an approval for a device is no remembered consent: the next sign-in of the client shows the page', async () => {
  const { signIn, browser: site } = await createDeviceSite();
  await signIn('openid profile offline_access');
  expect(await site.valetkey.grantsOf('id-alice')).toMatchObject([{ expiresAt: null }]);
  expect((await open(site, site.asks(SIGN_IN))).response.status).toBe(200);
  const { answer } = await open(site, site.asks({ ...SIGN_IN, prompt: 'none' }));
  expect(answer.error).toBe('consent_required');
});
