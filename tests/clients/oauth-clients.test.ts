import { createHash, randomBytes } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApprovingPerson, startApprovingPerson } from './approving-person.ts';
import { describeWhenInstalled, importPackage, requirePackage } from './installed.ts';

const INSECURE = { [oauth.allowInsecureRequests]: true };
describeWhenInstalled('unmodified OAuth libraries, with a person who approves in Chromium', () => {
  let person: ApprovingPerson;
  beforeAll(async () => {
    person = await startApprovingPerson();
  }, 120_000);
  afterAll(() => person?.stop());

  test('oauth4webapi: discovery, PKCE, nonce, iss, ID token, userinfo, refresh, introspection, revocation', async () => {
    const { forum, appUrl, confidentialClient, approve, usernameOf } = person;
    const issuer = new URL(forum.url);
    const discovery = await oauth.discoveryRequest(issuer, { algorithm: 'oidc', ...INSECURE });
    const server = await oauth.processDiscoveryResponse(issuer, discovery);
    const client: oauth.Client = { client_id: confidentialClient.client_id };
    const authentication = oauth.ClientSecretBasic(confidentialClient.client_secret);
    const [verifier, state, nonce] = [
      oauth.generateRandomCodeVerifier(),
      oauth.generateRandomState(),
      oauth.generateRandomNonce(),
    ];
    const redirect = `${appUrl}/callback`;
    const url = new URL(server.authorization_endpoint ?? '');
    url.search = String(
      new URLSearchParams({
        client_id: client.client_id,
        redirect_uri: redirect,
        response_type: 'code',
        scope: 'openid profile session_info read offline_access',
        state,
        nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }),
    );
    const parameters = oauth.validateAuthResponse(server, client, await approve(url), state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      parameters,
      redirect,
      verifier,
      INSECURE,
    );
    const expected = { expectedNonce: nonce, requireIdToken: true };
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, expected);
    await oauth.validateApplicationLevelSignature(server, response, INSECURE);
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    expect(claims).toMatchObject({ preferred_username: 'alice' });
    expect(claims?.auth_time).toBeGreaterThan(0);
    expect(await usernameOf(tokens.access_token)).toBe('alice');

    const asked = await oauth.userInfoRequest(server, client, tokens.access_token, INSECURE);
    const userinfo = await oauth.processUserInfoResponse(server, client, claims?.sub ?? '', asked);
    expect(userinfo).toMatchObject({ preferred_username: 'alice', groups: expect.any(Array) });

    const refreshToken = tokens.refresh_token ?? '';
    const refreshed = await oauth.refreshTokenGrantRequest(
      server,
      client,
      authentication,
      refreshToken,
      INSECURE,
    );
    const next = await oauth.processRefreshTokenResponse(server, client, refreshed);
    const introspect = async () => {
      const sent = await oauth.introspectionRequest(
        server,
        client,
        authentication,
        next.access_token,
        INSECURE,
      );
      return oauth.processIntrospectionResponse(server, client, sent);
    };
    expect(await introspect()).toMatchObject({ active: true, username: 'alice', sub: claims?.sub });
    const revoked = await oauth.revocationRequest(
      server,
      client,
      authentication,
      next.refresh_token ?? '',
      INSECURE,
    );
    await oauth.processRevocationResponse(revoked);
    expect(await introspect()).toEqual({ active: false });
  });

  test('openid-client: signs in with its own checks, refreshes, revokes and signs out', async () => {
    const { forum, appUrl, page, confidentialClient, approve, signInAsAlice } = person;
    const openid = await importPackage('openid-client');
    const { client_id, client_secret } = confidentialClient;
    const config = await openid.discovery(new URL(forum.url), client_id, client_secret, undefined, {
      execute: [openid.allowInsecureRequests],
    });
    const [pkceCodeVerifier, expectedState, expectedNonce] = [
      openid.randomPKCECodeVerifier(),
      openid.randomState(),
      openid.randomNonce(),
    ];
    const url: URL = openid.buildAuthorizationUrl(config, {
      redirect_uri: `${appUrl}/callback`,
      scope: 'openid profile',
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
      nonce: expectedNonce,
      max_age: '3600',
    });
    const checks = { pkceCodeVerifier, expectedState, expectedNonce, maxAge: 3600 };
    const tokens = await openid.authorizationCodeGrant(config, await approve(url), checks);
    const { sub, preferred_username } = tokens.claims();
    expect(preferred_username).toBe('alice');
    expect(await openid.fetchUserInfo(config, tokens.access_token, sub)).toMatchObject({
      sub,
      name: 'Alice Arbour',
    });
    const next = await openid.refreshTokenGrant(config, tokens.refresh_token);
    expect(next.access_token).not.toBe(tokens.access_token);
    await openid.tokenRevocation(config, next.refresh_token);
    await expect(openid.refreshTokenGrant(config, next.refresh_token)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    const after = `${appUrl}/signed-out`;
    const signOut: URL = openid.buildEndSessionUrl(config, {
      id_token_hint: tokens.id_token,
      post_logout_redirect_uri: after,
    });
    await page.goto(String(signOut));
    expect(page.url()).toBe(after);
    await page.goto(forum.url);
    await expect.poll(() => page.getByRole('link', { name: 'Sign in' }).count()).toBe(1);
    await signInAsAlice();
  });

  test('arctic: a public client with PKCE', async () => {
    const { forum, appUrl, publicClient, approve, usernameOf } = person;
    const arctic = await importPackage('arctic');
    const client = new arctic.OAuth2Client(publicClient.client_id, null, `${appUrl}/callback`);
    const [state, verifier] = [arctic.generateState(), arctic.generateCodeVerifier()];
    const url: URL = client.createAuthorizationURLWithPKCE(
      `${forum.url}/oauth/authorize`,
      state,
      arctic.CodeChallengeMethod.S256,
      verifier,
      ['session_info', 'read'],
    );
    const { searchParams } = await approve(url);
    expect(searchParams.get('state')).toBe(state);
    const endpoint = `${forum.url}/oauth/token`;
    const tokens = await client.validateAuthorizationCode(endpoint, searchParams.get('code'), verifier);
    expect(await usernameOf(tokens.accessToken())).toBe('alice');
    const next = await client.refreshAccessToken(endpoint, tokens.refreshToken(), []);
    expect(next.accessTokenExpiresInSeconds()).toBe(3_600);
    expect(await usernameOf(next.accessToken())).toBe('alice');
  });

  test('passport-oauth2: plain OAuth 2 with a secret, state and PKCE', async () => {
    const { forum, appUrl, confidentialClient, approve, usernameOf } = person;
    const { Strategy } = requirePackage('passport-oauth2');
    const options = {
      authorizationURL: `${forum.url}/oauth/authorize`,
      tokenURL: `${forum.url}/oauth/token`,
      clientID: confidentialClient.client_id,
      clientSecret: confidentialClient.client_secret,
      callbackURL: `${appUrl}/callback`,
      scope: ['session_info', 'read'],
      state: true,
      pkce: true,
    };
    const verify = (
      accessToken: string,
      refreshToken: string,
      _profile: unknown,
      done: (error: null, user: object) => void,
    ) => done(null, { accessToken, refreshToken });
    const strategy = new Strategy(options, verify);
    const session = {};
    const authenticate = (query: Record<string, string>) =>
      new Promise<Record<string, string>>((resolve, reject) => {
        const attempt = Object.assign(Object.create(strategy), {
          redirect: (url: string) => resolve({ url }),
          success: resolve,
          fail: reject,
          error: reject,
        });
        attempt.authenticate({ query, session, url: '/', headers: {}, connection: {} }, {});
      });
    const { url = '' } = await authenticate({});
    const answer = await approve(url);
    const { accessToken = '' } = await authenticate(Object.fromEntries(answer.searchParams));
    expect(await usernameOf(accessToken)).toBe('alice');
  });

  test('@auth/core: a provider of type oidc, with the issuer alone', async () => {
    const { forum, appUrl, confidentialClient, approve } = person;
    const { Auth } = await importPackage('@auth/core');
    const { client_id: clientId, client_secret: clientSecret } = confidentialClient;
    const config = {
      providers: [{ id: 'plum', name: 'Plum', type: 'oidc', issuer: forum.url, clientId, clientSecret }],
      secret: randomBytes(32).toString('hex'),
      trustHost: true,
      basePath: '/auth',
    };
    const cookies = new Map<string, string>();
    const call = async (url: string | URL, init: RequestInit = {}): Promise<Response> => {
      const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
      const response: Response = await Auth(
        new Request(url, { ...init, headers: { ...init.headers, cookie } }),
        config,
      );
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      return response;
    };
    const { csrfToken } = (await (await call(`${appUrl}/auth/csrf`)).json()) as { csrfToken: string };
    const started = await call(`${appUrl}/auth/signin/plum`, {
      method: 'POST',
      body: new URLSearchParams({ csrfToken, callbackUrl: `${appUrl}/` }),
    });
    const finished = await call(await approve(started.headers.get('location') ?? ''));
    expect(finished.headers.get('location')).toBe(`${appUrl}/`);
    const session = await (await call(`${appUrl}/auth/session`)).json();
    expect(session).toMatchObject({ user: { name: 'Alice Arbour' } });
  });

  test('a library that is not asked for a challenge cannot leave PKCE out as a public client', async () => {
    const { forum, appUrl, publicClient, page } = person;
    const parameters = new URLSearchParams({
      client_id: publicClient.client_id,
      redirect_uri: `${appUrl}/callback`,
      response_type: 'code',
      code_challenge: createHash('sha256').update('x').digest('base64url'),
      code_challenge_method: 'plain',
    });
    await page.goto(`${forum.url}/oauth/authorize?${parameters}`);
    const { searchParams } = new URL(page.url());
    expect([searchParams.get('error'), searchParams.get('iss')]).toEqual(['invalid_request', forum.url]);
  });
});
