import { createHash } from 'node:crypto';
import { decodeProtectedHeader } from 'jose';
import { describe, expect, test } from 'vitest';
import { createOauthSite } from '../test-support/oauth-site.ts';
import { ISSUER, open } from '../test-support/open-authorization.ts';
import { createOpenIdSite, SIGN_IN } from '../test-support/open-id-site.ts';

const DAY_MS = 86_400_000;

describe('OpenID Connect', () => {
  test('discovery: has the required members, exactly this issuer, and no private key in the JWKS', async () => {
    const site = await createOpenIdSite();
    const metadata = (await (await site.get('/.well-known/openid-configuration')).json()) as object;
    expect(metadata).toMatchObject({
      issuer: ISSUER,
      jwks_uri: `${ISSUER}/oauth/jwks`,
      userinfo_endpoint: `${ISSUER}/oauth/userinfo`,
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
      scopes_supported: expect.arrayContaining(['openid', 'profile', 'read']),
    });
    const { keys } = await site.readKeys();
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'e', 'kid', 'kty', 'n', 'use']]);
  });

  test('discovery of a site in a folder: is found at both places, with the folder in the issuer', async () => {
    const site = await createOauthSite({
      openId: { secret: 's'.repeat(32) },
      baseUrl: 'https://example.org/forum',
    });
    for (const path of [
      '/forum/.well-known/openid-configuration',
      '/.well-known/openid-configuration/forum',
    ]) {
      const request = new Request(`https://example.org${path}`);
      const response = await site.valetkey.fetch(request, { ipAddress: '' });
      const issuer = 'https://example.org/forum';
      expect(await response?.json()).toMatchObject({ issuer, jwks_uri: `${issuer}/oauth/jwks` });
    }
  });

  test('a site without it has neither discovery nor ID tokens', async () => {
    const site = await createOauthSite();
    const request = new Request(`${ISSUER}/.well-known/openid-configuration`);
    expect(await site.valetkey.fetch(request, { ipAddress: '' })).toBeNull();
    expect(await site.connect({ scope: 'openid read', shown_scopes: 'read' })).not.toHaveProperty('id_token');
  });

  test('the ID token names user, client, nonce and time of sign-in, and is bound to the access token', async () => {
    const site = await createOpenIdSite();
    site.signInAt(site.now() - 90_000);
    const tokens = await site.connect({ ...SIGN_IN, nonce: 'n-0S6_WzA2Mj' });
    expect(decodeProtectedHeader(String(tokens.id_token))).toMatchObject({
      alg: 'RS256',
      kid: expect.any(String),
    });
    const seconds = Math.floor(site.now() / 1000);
    expect(await site.verify(tokens.id_token)).toEqual({
      iss: ISSUER,
      sub: 'id-alice',
      aud: 'public-client',
      iat: seconds,
      exp: seconds + 300,
      auth_time: seconds - 90,
      nonce: 'n-0S6_WzA2Mj',
      preferred_username: 'alice',
      at_hash: createHash('sha256')
        .update(tokens.access_token)
        .digest()
        .subarray(0, 16)
        .toString('base64url'),
    });
  });

  test('a sign-in opens userinfo and no API, and ends with its access token', async () => {
    const site = await createOpenIdSite();
    const tokens = await site.connect(SIGN_IN);
    expect(tokens.scope).toBe('openid profile');
    for (const method of ['GET', 'POST']) {
      const expected = { status: 200, body: { sub: 'id-alice', preferred_username: 'alice' } };
      expect(await site.userinfo(tokens.access_token, method)).toMatchObject(expected);
    }
    expect(await site.use(tokens.access_token)).toBe('403 scope_insufficient');
    site.advance(3_600_000);
    expect(await site.refresh(tokens.refresh_token)).toMatchObject({ error: 'invalid_grant' });
    expect(await site.valetkey.grantsOf('id-alice')).toEqual([]);
  });

  test('scopes that the site does not have do not prevent a sign-in', async () => {
    const site = await createOpenIdSite();
    const scope = 'openid profile groups phone';
    const page = await (await open(site, site.asks({ scope }))).response.text();
    expect(page).toContain('groups, phone');
    expect(page).not.toContain('works until you revoke it');
    expect((await site.connect({ scope, shown_scopes: '' })).scope).toBe('openid profile');
  });

  test('the consent page names what the client learns; together with API scopes both are granted and refreshed', async () => {
    const site = await createOpenIdSite();
    const scope = 'openid profile email read offline_access';
    const page = await (await open(site, site.asks({ scope }))).response.text();
    for (const text of ['your name and your picture', 'your email address', '<code>read</code>']) {
      expect(page).toContain(text);
    }
    const tokens = await site.connect({ scope, shown_scopes: 'read' });
    const next = await site.refresh(tokens.refresh_token);
    expect(next.scope).toBe(scope.replace(' read offline_access', ' offline_access read'));
    expect((await site.userinfo(next.access_token)).status).toBe(200);
    expect(await site.use(next.access_token)).toBe('ok');
  });

  test('userinfo: 401 with a challenge without a valid token, 403 without the scope openid', async () => {
    const site = await createOpenIdSite();
    const anonymous = await site.get('/oauth/userinfo');
    expect([anonymous.status, anonymous.headers.get('www-authenticate')]).toEqual([
      401,
      `Bearer resource_metadata="${ISSUER}/.well-known/oauth-protected-resource"`,
    ]);
    expect(await site.userinfo('f'.repeat(32))).toMatchObject({
      status: 401,
      challenge: /error="invalid_token"/,
    });
    const { key } = await site.approve();
    for (const token of [key, (await site.connect({ scope: 'read' })).access_token]) {
      const refused = await site.userinfo(token);
      expect([refused.status, refused.challenge]).toEqual([403, expect.stringContaining('scope="openid"')]);
    }
  });

  test('keys rotate after 30 days: the earlier one stays in the JWKS, and is deleted later', async () => {
    const site = await createOpenIdSite();
    const first = await site.connect(SIGN_IN);
    site.advance(30 * DAY_MS);
    const second = await site.connect(SIGN_IN);
    const kidOf = (token: unknown) => decodeProtectedHeader(String(token)).kid;
    expect(kidOf(second.id_token)).not.toBe(kidOf(first.id_token));
    expect((await site.readKeys()).keys.map(({ kid }) => kid)).toEqual([
      kidOf(second.id_token),
      kidOf(first.id_token),
    ]);
    site.advance(31 * DAY_MS);
    const third = await site.connect(SIGN_IN);
    expect((await site.readKeys()).keys.map(({ kid }) => kid)).toEqual([
      kidOf(third.id_token),
      kidOf(second.id_token),
    ]);
  });

  test('private keys are encrypted in the store; a secret that is too short is rejected at the start', async () => {
    const site = await createOpenIdSite();
    await site.connect(SIGN_IN);
    const [key] = await site.store.listSigningKeys();
    expect(key?.sealedPrivateKey).toMatch(/^eyJ[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/);
    await expect(createOauthSite({ openId: { secret: 'short' } })).rejects.toThrow('at least 32');
  });
});

describe('sign-in before authorization', () => {
  const switchPath = (location: string) => new URL(location, ISSUER).searchParams.get('return_to') ?? '';

  test.each([
    ['no session', {}, {}, 'login_required'],
    ['a session', {}, { cookie: 'session=alice' }, 'consent_required'],
    ['a session that is too old', { max_age: '60' }, { cookie: 'session=alice' }, 'login_required'],
  ])(
    'prompt=none with %s: never a page, but an error for the client',
    async (_name, changes, headers, error) => {
      const site = await createOpenIdSite();
      site.signInAt(site.now() - 61_000);
      const asked = site.asks({ ...SIGN_IN, prompt: 'none', ...changes });
      expect((await open(site, asked, headers)).answer).toMatchObject({ error, iss: ISSUER });
    },
  );

  test('max_age: an older session signs in again; a recent one goes on; 1 and 10000 seconds', async () => {
    const site = await createOpenIdSite();
    site.signInAt(site.now() - 2_000);
    expect((await open(site, site.asks({ ...SIGN_IN, max_age: '1' }))).location).toContain('/login?switch=1');
    expect((await open(site, site.asks({ ...SIGN_IN, max_age: '10000' }))).response.status).toBe(200);
    expect((await open(site, site.asks({ ...SIGN_IN, max_age: '-1' }))).answer).toMatchObject({
      error: 'invalid_request',
    });
  });

  test('prompt=login: signs in again, once; the way back works only after a real sign-in', async () => {
    const site = await createOpenIdSite();
    site.signInAt(site.now());
    site.advance(1_000);
    const first = await open(site, site.asks({ ...SIGN_IN, prompt: 'login' }));
    const back = switchPath(first.location);
    expect((await site.get(back, { cookie: 'session=alice' })).status).toBe(302);
    site.advance(5_000);
    site.signInAt(site.now());
    expect((await site.get(back, { cookie: 'session=alice' })).status).toBe(200);
    const forged = back.replace(/sign_in_time=\d+/, 'sign_in_time=1');
    expect((await site.get(forged, { cookie: 'session=alice' })).status).toBe(302);
  });

  test('prompt=login: the time of another request, which anybody can obtain in advance, does not count', async () => {
    const site = await createOpenIdSite();
    site.signInAt(site.now());
    site.advance(1_000);
    const asked = { ...SIGN_IN, prompt: 'login' };
    const ofBob = await open(site, site.asks(asked), { cookie: 'session=bob' });
    const { sign_in_time } = Object.fromEntries(new URL(switchPath(ofBob.location), ISSUER).searchParams);
    site.advance(5_000);
    site.signInAt(site.now());
    const forged = site.asks({ ...asked, state: 'of alice', sign_in_time: String(sign_in_time) });
    expect((await open(site, forged)).location).toContain('/login?switch=1');
  });

  test('id_token_hint: another user must sign in; a text that is no ID token of this site is refused', async () => {
    const site = await createOpenIdSite();
    const { id_token = '' } = (await site.connect(SIGN_IN)) as { id_token?: string };
    const asked = site.asks({ ...SIGN_IN, id_token_hint: id_token });
    expect((await open(site, asked)).response.status).toBe(200);
    expect((await open(site, asked, { cookie: 'session=bob' })).location).toContain('/login?switch=1');
    const none = await open(site, { ...asked, prompt: 'none' }, { cookie: 'session=bob' });
    expect(none.answer).toMatchObject({ error: 'login_required' });
    const forged = await open(site, { ...asked, id_token_hint: `${id_token.slice(0, -8)}AAAAAAAA` });
    expect(forged.answer).toMatchObject({ error: 'invalid_request' });
  });

  test('prompt=none beside another value is refused', async () => {
    const site = await createOpenIdSite();
    const { answer } = await open(site, site.asks({ ...SIGN_IN, prompt: 'none login' }));
    expect(answer).toMatchObject({ error: 'invalid_request' });
  });
});
