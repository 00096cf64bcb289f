import { describe, expect, test } from 'vitest';
import { registeredClient } from '../test-support/oauth-site.ts';
import { alice, ISSUER, query } from '../test-support/open-authorization.ts';
import { createOpenIdSite, SIGN_IN } from '../test-support/open-id-site.ts';

const AFTER = 'https://client.example/signed-out';

async function createSignOutSite() {
  const site = await createOpenIdSite();
  await site.store.deleteOauthClient('public-client');
  await site.store.saveOauthClient(registeredClient({ postLogoutRedirectUris: [AFTER] }), null);
  await site.store.saveOauthClient(registeredClient({ clientId: 'other-client' }), null);
  const { id_token } = await site.connect(SIGN_IN);
  const ask = { id_token_hint: String(id_token), post_logout_redirect_uri: AFTER, state: 'a & b' };
  return {
    ...site,
    ask,
    signOut: (values: Record<string, string>, headers: HeadersInit = alice) =>
      site.get(`/oauth/logout${query(values)}`, headers),
  };
}

describe('GET /oauth/logout', () => {
  test('with the ID token of this user, ends the session and returns to the client with state', async () => {
    const { signOut, ask, ended } = await createSignOutSite();
    const response = await signOut(ask);
    expect([response.status, response.headers.get('location')]).toEqual([302, `${AFTER}?state=a%20%26%20b`]);
    expect(response.headers.getSetCookie()).toEqual(['session=; Max-Age=0']);
    expect(ended).toEqual(['session-alice']);
  });

  test('accepts an ID token that has expired, and keeps the tokens of the client', async () => {
    const { signOut, ask, ended, advance, connect, use } = await createSignOutSite();
    const { access_token } = await connect({ scope: 'read' });
    advance(600_000);
    await signOut(ask);
    expect(ended).toHaveLength(1);
    expect(await use(access_token)).toBe('ok');
  });

  test.each<[string, (ask: Record<string, string>) => Record<string, string>, HeadersInit]>([
    ['no ID token', ({ id_token_hint: _, ...rest }) => ({ ...rest, client_id: 'public-client' }), alice],
    ['an ID token of another user', (ask) => ask, { cookie: 'session=bob' }],
    [
      'a text that is no ID token',
      (ask) => ({ ...ask, id_token_hint: 'x.y.z', client_id: 'public-client' }),
      alice,
    ],
    ['nothing', () => ({}), alice],
  ])(
    'with %s, asks the user first: a link of another site signs nobody out',
    async (_name, change, headers) => {
      const { signOut, ask, ended } = await createSignOutSite();
      const response = await signOut(change(ask), headers);
      expect([response.status, ended]).toEqual([200, []]);
      expect(response.headers.get('x-frame-options')).toBe('DENY');
      expect(await response.text()).toContain('Sign out of Plum Forum');
    },
  );

  test.each<[string, Record<string, string>]>([
    ['a URL that the client has not registered', { post_logout_redirect_uri: 'https://evil.example/' }],
    ['a URL that only begins like it', { post_logout_redirect_uri: `${AFTER}/more` }],
    ['a client without such URLs', { client_id: 'other-client', id_token_hint: '' }],
    ['no client', { id_token_hint: '' }],
    ['an ID token of another client', { client_id: 'other-client' }],
  ])('%s: returns a page, ends nothing and redirects nowhere', async (_name, changes) => {
    const { signOut, ask, ended } = await createSignOutSite();
    const response = await signOut({ ...ask, ...changes });
    expect([response.status, response.headers.get('location'), ended]).toEqual([400, null, []]);
  });

  test('without a session, returns to the client, or shows that nobody is signed in', async () => {
    const { signOut, ask, ended } = await createSignOutSite();
    expect((await signOut(ask, {})).headers.get('location')).toContain(AFTER);
    expect(await (await signOut({}, {})).text()).toContain('You are signed out');
    expect(ended).toEqual([]);
  });

  test('without a session, returns to no client that has registered itself: its link would lead anywhere', async () => {
    const { signOut, send, store } = await createSignOutSite();
    const evil = 'https://evil.example/';
    const client = { clientId: 'own', kind: 'dynamic', postLogoutRedirectUris: [evil] } as const;
    await store.saveOauthClient(registeredClient(client), null);
    const ask = { client_id: 'own', post_logout_redirect_uri: evil };
    const response = await signOut(ask, {});
    expect([response.status, response.headers.get('location')]).toEqual([200, null]);
    const body = new URLSearchParams({ ...ask, authenticity_token: 'any' });
    expect((await send('/oauth/logout', { method: 'POST', body })).headers.get('location')).toBeNull();
  });

  test('ignores a key: it has no session', async () => {
    const { signOut, ask, ended, connect } = await createSignOutSite();
    const { access_token } = await connect({ scope: 'read' });
    await signOut(ask, { ...alice, authorization: `Bearer ${access_token}` });
    expect(ended).toEqual([]);
  });
});

describe('POST /oauth/logout', () => {
  test('from a client, goes on as GET, which has the cookie of the session', async () => {
    const { send, ask, ended } = await createSignOutSite();
    const response = await send('/oauth/logout', { method: 'POST', body: new URLSearchParams(ask) });
    const location = response.headers.get('location') ?? '';
    expect([response.status, Object.fromEntries(new URL(location, ISSUER).searchParams)]).toEqual([303, ask]);
    expect(ended).toEqual([]);
  });

  test('from the page, needs the CSRF token, ends the session and returns to the client', async () => {
    const { send, post, ended } = await createSignOutSite();
    const form = { client_id: 'public-client', post_logout_redirect_uri: AFTER };
    const body = new URLSearchParams({ ...form, authenticity_token: 'wrong' });
    expect((await send('/oauth/logout', { method: 'POST', body, headers: alice })).status).toBe(403);
    const response = await post('/oauth/logout', form, 'alice');
    expect([response.status, response.headers.get('location'), ended]).toEqual([
      303,
      AFTER,
      ['session-alice'],
    ]);
  });
});

describe('end_session_endpoint', () => {
  test('is in the metadata of a site that can end sessions', async () => {
    const { get } = await createSignOutSite();
    const metadata = await (await get('/.well-known/openid-configuration')).json();
    expect(metadata).toMatchObject({ end_session_endpoint: `${ISSUER}/oauth/logout` });
  });
});
