import { describe, expect, test } from 'vitest';
import { CALLBACK, createOauthSite } from '../test-support/oauth-site.ts';
import { alice, ISSUER, type OauthSite, open, query } from '../test-support/open-authorization.ts';

describe('GET /oauth/authorize', () => {
  test('shows the consent page: client, scopes, receiver, and buttons; it cannot be framed', async () => {
    const site = await createOauthSite();
    const { response } = await open(site, site.asks());
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get('x-frame-options')).toBe('DENY');
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(response.headers.get('content-security-policy')).not.toContain('form-action');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    for (const text of [
      'Plum Client',
      'client.example',
      'formaction="/oauth/consent/decline"',
      '<code>write</code>',
    ]) {
      expect(page).toContain(text);
    }
  });

  test('redirects to sign-in and back with every parameter, also those of a POST', async () => {
    const site = await createOauthSite();
    const asked = site.asks();
    const returnTo = async (response: Response) => {
      const login = new URL(response.headers.get('location') ?? '', ISSUER);
      expect(login.pathname).toBe('/login');
      return Object.fromEntries(new URL(login.searchParams.get('return_to') ?? '', ISSUER).searchParams);
    };
    expect(await returnTo((await open(site, asked, {})).response)).toEqual(asked);
    expect(await returnTo(await site.post('/oauth/authorize', asked, null))).toEqual(asked);
  });

  test.each([
    ['an unknown client', { client_id: 'nobody' }, 'oauth_client_unknown'],
    ['no client', { client_id: '' }, 'parameter_missing'],
    ['a foreign redirect', { redirect_uri: 'https://evil.example/callback' }, 'oauth_redirect_mismatch'],
    ['a redirect with more path', { redirect_uri: `${CALLBACK}/more` }, 'oauth_redirect_mismatch'],
    ['a redirect with more query', { redirect_uri: `${CALLBACK}?x=1` }, 'oauth_redirect_mismatch'],
    [
      'a redirect in upper case',
      { redirect_uri: 'https://CLIENT.example/callback' },
      'oauth_redirect_mismatch',
    ],
    [
      'another port that is not loopback',
      { redirect_uri: 'https://client.example:444/callback' },
      'oauth_redirect_mismatch',
    ],
    [
      'localhost instead of 127.0.0.1',
      { redirect_uri: 'http://localhost/callback' },
      'oauth_redirect_mismatch',
    ],
    ['no redirect where several are registered', { redirect_uri: '' }, 'oauth_redirect_mismatch'],
  ])('%s: a page, and never a redirect, also when a connection exists', async (_name, changes, code) => {
    const site = await createOauthSite();
    await site.connect();
    const { response, location } = await open(site, site.asks({ ...changes, response_type: 'broken' }));
    expect(location).toBe('');
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(code);
    const { status } = await site.decide(site.asks(changes));
    expect(status).toBe(400);
  });

  test.each([
    ['http://127.0.0.1:1/callback'],
    ['http://127.0.0.1:65535/callback'],
    ['com.example.plum:/callback'],
  ])('accepts %s, and sends the code exactly there', async (redirect_uri) => {
    const site = await createOauthSite();
    const { location } = await site.decide(site.asks({ redirect_uri }));
    expect(location?.startsWith(`${redirect_uri}?code=`)).toBe(true);
  });

  test.each([
    ['invalid_request', { response_type: '' }],
    ['unsupported_response_type', { response_type: 'token' }],
    ['unsupported_response_type', { response_type: 'code id_token' }],
    ['invalid_request', { response_mode: 'fragment' }],
    ['invalid_request', { code_challenge: '' }],
    ['invalid_request', { code_challenge_method: 'plain' }],
    ['invalid_request', { code_challenge_method: '' }],
    ['invalid_request', { code_challenge: 'short' }],
    ['invalid_scope', { scope: 'everything' }],
    ['invalid_scope', { scope: 'one_time_password' }],
    ['invalid_target', { resource: 'https://elsewhere.example' }],
    ['invalid_request', { expires_in_seconds: '-1' }],
    ['request_not_supported', { request: 'a.b.c' }],
    ['request_uri_not_supported', { request_uri: 'https://client.example/r' }],
  ])('%s for %j: sent to the client with state and iss', async (error, changes) => {
    const site = await createOauthSite();
    const { location, answer } = await open(site, site.asks(changes));
    expect(location.startsWith(`${CALLBACK}?`)).toBe(true);
    expect(answer).toMatchObject({ error, state: 'a state & more', iss: ISSUER });
    expect(answer.error_description).toMatch(/^[\x20-\x7e]+$/);
    expect(answer.error_description).not.toContain('The request was rejected');
    expect(answer.code).toBeUndefined();
  });

  test('keeps only the scopes that the site grants, and says so on the page and in the answer', async () => {
    const site = await createOauthSite();
    const scope = 'read offline_access unknown one_time_password session_info';
    const page = await (await open(site, site.asks({ scope }))).response.text();
    expect(page).toContain('unknown, one_time_password');
    const { answer } = await site.decide(site.asks({ scope }));
    expect(answer?.code).toBeDefined();
    const tokens = await site.connect({ scope, shown_scopes: 'read session_info' });
    expect(tokens.scope).toBe('read session_info');
  });

  test('without a scope, gives the default scopes of the site', async () => {
    const site = await createOauthSite();
    await site.valetkey.settings.set('oauth_default_scopes', 'session_info');
    const tokens = await site.connect({ scope: '', shown_scopes: 'session_info' });
    expect(tokens.scope).toBe('session_info');
  });

  test.each([
    [
      'a user outside the groups',
      'access_denied',
      async (site: OauthSite) => site.valetkey.settings.set('user_api_key_allowed_groups', 'trust_level_4'),
    ],
    [
      'a suspended user',
      'access_denied',
      async (site: OauthSite) => site.changeUser('alice', { isSuspended: true }),
    ],
    [
      'a site that issues no keys',
      'unauthorized_client',
      async (site: OauthSite) => site.valetkey.settings.set('allow_user_api_keys', false),
    ],
  ])('%s: %s, sent to the client', async (_name, error, change) => {
    const site = await createOauthSite();
    await change(site);
    expect((await open(site, site.asks())).answer).toMatchObject({ error, iss: ISSUER });
  });

  test('ignores a key: it is no session', async () => {
    const site = await createOauthSite();
    const { access_token } = await site.connect();
    const { url } = await open(site, site.asks(), { ...alice, authorization: `Bearer ${access_token}` });
    expect(url?.pathname).toBe('/login');
  });

  test('below a base path, every URL has it, and iss is the base URL', async () => {
    const site = await createOauthSite({ baseUrl: 'https://example.org/forum' });
    const page = await (await site.get(`/oauth/authorize${query(site.asks())}`, alice)).text();
    expect(page).toContain('action="/forum/oauth/consent"');
    const { answer } = await site.decide(site.asks());
    expect(answer?.iss).toBe('https://example.org/forum');
  });
});
