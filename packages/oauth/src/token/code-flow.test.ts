import { describe, expect, test } from 'vitest';
import { CALLBACK, createOauthSite, createPkce, registeredClient } from '../test-support/oauth-site.ts';

describe('authorization code flow', () => {
  test('gives a user API key as access token, with a refresh token and the granted scopes', async () => {
    const { approveCode, redeem, use, valetkey } = await createOauthSite();
    const tokens = await redeem(await approveCode());
    expect(tokens).toMatchObject({
      status: 200,
      access_token: expect.stringMatching(/^[0-9a-f]{32}$/),
      token_type: 'Bearer',
      expires_in: 3_600,
      refresh_token: expect.stringMatching(/^[\w-]{43}$/),
      scope: 'read write',
    });
    expect(tokens.headers.get('cache-control')).toBe('no-store');
    expect(await use(tokens.access_token)).toBe('ok');
    expect(await valetkey.keysOf('id-alice')).toEqual([]);
  });

  test('an access token expires after the lifetime of the setting, and its refresh token does not', async () => {
    const { connect, use, advance, refresh, valetkey } = await createOauthSite();
    await valetkey.settings.set('oauth_access_token_lifetime_minutes', 5);
    const tokens = await connect();
    expect(tokens.expires_in).toBe(300);
    advance(299_999);
    expect(await use(tokens.access_token)).toBe('ok');
    advance(1);
    expect(await use(tokens.access_token)).toBe('401 key_expired');
    const next = await refresh(tokens.refresh_token);
    expect(await use(next.access_token)).toBe('ok');
  });

  test('a token of a chosen lifetime ends with the grant, and so does every refresh', async () => {
    const { connect, refresh, advance, use } = await createOauthSite();
    const tokens = await connect({ expires_in_seconds: '5400' });
    advance(3_600_000);
    const next = await refresh(tokens.refresh_token);
    expect(next.expires_in).toBe(1_800);
    advance(1_800_000);
    expect(await use(next.access_token)).toBe('401 key_expired');
    expect(await refresh(next.refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  test('User-Api-Key accepts an access token too, with the statuses of Discourse', async () => {
    const { connect, authorize, advance } = await createOauthSite();
    const { access_token } = await connect();
    expect(await authorize(access_token, { name: 'list#latest' })).toMatchObject({ kind: 'key' });
    advance(3_600_000);
    expect(await authorize(access_token, { name: 'list#latest' })).toMatchObject({ status: 403 });
  });

  test('limits are counted by grant: a refresh does not reset them', async () => {
    const { connect, refresh, use, valetkey } = await createOauthSite();
    await valetkey.settings.set('max_user_api_reqs_per_minute', 2);
    const tokens = await connect();
    expect([await use(tokens.access_token), await use(tokens.access_token)]).toEqual(['ok', 'ok']);
    const next = await refresh(tokens.refresh_token);
    expect(await use(next.access_token)).toBe('429 rate_limited');
    expect(await use((await connect()).access_token)).toBe('ok');
  });
});

describe('POST /oauth/token with a code: the truth table of client, redirect, verifier and expiry', () => {
  const rows: [string, Record<string, string>, number, string][] = [
    ['everything as in the request', {}, 0, 'ok'],
    ['no redirect_uri, as in OAuth 2.1', { redirect_uri: '' }, 0, 'ok'],
    ['in the last millisecond', {}, 59_999, 'ok'],
    ['another client', { client_id: 'other-client' }, 0, 'invalid_grant, usable'],
    ['another client, expired', { client_id: 'other-client' }, 60_000, 'invalid_grant, used up'],
    ['an unknown client', { client_id: 'nobody' }, 0, 'invalid_client, usable'],
    ['another redirect', { redirect_uri: 'http://127.0.0.1/callback' }, 0, 'invalid_grant, used up'],
    ['the redirect with a slash', { redirect_uri: `${CALLBACK}/` }, 0, 'invalid_grant, used up'],
    ['another verifier', { code_verifier: createPkce().code_verifier }, 0, 'invalid_grant, used up'],
    ['no verifier', { code_verifier: '' }, 0, 'invalid_grant, used up'],
    ['the challenge as verifier', { code_verifier: 'a'.repeat(43) }, 0, 'invalid_grant, used up'],
    ['expired', {}, 60_000, 'invalid_grant, used up'],
    ['expired and another verifier', { code_verifier: 'b'.repeat(43) }, 60_000, 'invalid_grant, used up'],
    ['another code', { code: 'c'.repeat(43) }, 0, 'invalid_grant, usable'],
  ];

  test.each(rows)('%s', async (_name, changes, waitMs, expected) => {
    const site = await createOauthSite();
    await site.store.saveOauthClient(registeredClient({ clientId: 'other-client' }), null);
    const right = await site.approveCode();
    site.advance(waitMs);
    const { status, error } = await site.redeem({ ...right, ...changes });
    if (expected === 'ok') {
      expect(status).toBe(200);
      return;
    }
    const again = await site.redeem(right);
    expect(`${error}, ${again.status === 200 ? 'usable' : 'used up'}`).toBe(expected);
    const active = await site.store.listOauthGrants('id-alice', site.now());
    expect(active).toHaveLength(again.status === 200 ? 1 : 0);
  });

  test('PKCE cannot be left out at one of both requests', async () => {
    const site = await createOauthSite();
    const client = registeredClient({ clientId: 'no-pkce', requiresPkce: false });
    await site.store.saveOauthClient(client, null);
    const { code_challenge, code_verifier } = createPkce();
    const outcome = async (challenge: boolean, verifier: boolean) => {
      const asked = site.asks({ client_id: 'no-pkce', code_challenge });
      if (!challenge) {
        delete asked.code_challenge;
        delete asked.code_challenge_method;
      }
      const { answer } = await site.decide(asked);
      const sent = verifier ? { code_verifier } : {};
      return (await site.redeem({ client_id: 'no-pkce', code: answer?.code ?? '', ...sent })).status;
    };
    const all = [
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ] as const;
    expect(await Promise.all(all.map(([challenge, verifier]) => outcome(challenge, verifier)))).toEqual([
      200, 400, 400, 200,
    ]);
  });

  test('of 16 concurrent redemptions one gives tokens, and the others end their grant', async () => {
    const { approveCode, redeem, use, refresh, valetkey } = await createOauthSite();
    const code = await approveCode();
    const answers = await Promise.all(Array.from({ length: 16 }, () => redeem(code)));
    const given = answers.filter(({ status }) => status === 200);
    expect(given).toHaveLength(1);
    expect(await use(given[0]?.access_token)).toBe('401 key_revoked');
    expect(await refresh(given[0]?.refresh_token)).toMatchObject({ error: 'invalid_grant' });
    expect(await valetkey.keysOf('id-alice')).toEqual([]);
  });

  test('a second use, also after the code has expired, ends the grant and is audited', async () => {
    const { approveCode, redeem, use, advance, store } = await createOauthSite();
    const code = await approveCode();
    const { access_token } = await redeem(code);
    advance(120_000);
    expect(await redeem({ ...code, client_id: 'nobody' })).toMatchObject({ status: 401 });
    expect(await use(access_token)).toBe('ok');
    expect(await redeem(code)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await use(access_token)).toBe('401 key_revoked');
    const [event] = await store.listAuditEvents({ beforeId: null, limit: 1 });
    expect(event).toMatchObject({
      action: 'oauth_grant_replayed',
      ownerId: 'id-alice',
      subject: 'Plum Client',
    });
  });

  test('gives nothing to a suspended user', async () => {
    const { approveCode, redeem, changeUser } = await createOauthSite();
    const code = await approveCode();
    changeUser('alice', { isSuspended: true });
    expect(await redeem(code)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });
});
