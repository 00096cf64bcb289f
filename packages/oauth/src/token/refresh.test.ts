import { describe, expect, test } from 'vitest';
import { createOauthSite, registeredClient } from '../test-support/oauth-site.ts';

describe('POST /oauth/token with a refresh token', () => {
  test('rotates: the next pair works, and the earlier access token works until its expiry', async () => {
    const { connect, refresh, use } = await createOauthSite();
    const tokens = await connect();
    const next = await refresh(tokens.refresh_token);
    expect(next).toMatchObject({ status: 200, scope: 'read write' });
    expect(next.refresh_token).not.toBe(tokens.refresh_token);
    expect([await use(tokens.access_token), await use(next.access_token)]).toEqual(['ok', 'ok']);
  });

  test('replayed after 59 seconds gives a sibling pair, after 61 seconds it ends the grant and is audited', async () => {
    const { connect, refresh, use, advance, store } = await createOauthSite();
    const tokens = await connect();
    const next = await refresh(tokens.refresh_token);
    advance(59_000);
    const sibling = await refresh(tokens.refresh_token);
    expect(sibling.status).toBe(200);
    expect([await use(next.access_token), await use(sibling.access_token)]).toEqual(['ok', 'ok']);
    advance(2_000);
    expect(await refresh(tokens.refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' });
    for (const token of [tokens.access_token, next.access_token, sibling.access_token]) {
      expect(await use(token)).toBe('401 key_revoked');
    }
    expect(await refresh(sibling.refresh_token)).toMatchObject({ error: 'invalid_grant' });
    const [event] = await store.listAuditEvents({ beforeId: null, limit: 1 });
    expect(event).toMatchObject({ action: 'oauth_grant_replayed', ownerId: 'id-alice' });
  });

  test('8 concurrent refreshes with one token all succeed, and no session loses access', async () => {
    const { connect, refresh, use } = await createOauthSite();
    const { refresh_token } = await connect();
    const pairs = await Promise.all(Array.from({ length: 8 }, () => refresh(refresh_token)));
    expect(pairs.map(({ status }) => status)).toEqual(pairs.map(() => 200));
    expect(await Promise.all(pairs.map((pair) => use(pair.access_token)))).toEqual(pairs.map(() => 'ok'));
    const after = await Promise.all(pairs.map((pair) => refresh(pair.refresh_token)));
    expect(after.map(({ status }) => status)).toEqual(pairs.map(() => 200));
  });

  test('the grace period is a setting; with 0 every second use ends the grant', async () => {
    const { connect, refresh, valetkey, advance } = await createOauthSite();
    await valetkey.settings.set('oauth_refresh_grace_seconds', 0);
    const { refresh_token } = await connect();
    await refresh(refresh_token);
    advance(1);
    expect(await refresh(refresh_token)).toMatchObject({ error: 'invalid_grant' });
  });

  test('of another client is refused, and stays usable', async () => {
    const { connect, refresh, store } = await createOauthSite();
    await store.saveOauthClient(registeredClient({ clientId: 'other-client' }), null);
    const { refresh_token } = await connect();
    expect(await refresh(refresh_token, { client_id: 'other-client' })).toMatchObject({
      error: 'invalid_grant',
    });
    expect(await refresh(refresh_token)).toMatchObject({ status: 200 });
  });

  test('scopes may be fewer and never more; a later refresh has all of them again', async () => {
    const { connect, refresh } = await createOauthSite();
    const { refresh_token } = await connect();
    const fewer = await refresh(refresh_token, { scope: 'read' });
    expect(fewer).toMatchObject({ status: 200, scope: 'read' });
    expect(await refresh(fewer.refresh_token, { scope: 'read session_info' })).toMatchObject({
      status: 400,
      error: 'invalid_scope',
    });
    expect(await refresh(fewer.refresh_token)).toMatchObject({ status: 200, scope: 'read write' });
  });

  test('loses a scope that the site no longer grants, and ends when none is left or the user is suspended', async () => {
    const { connect, refresh, valetkey, changeUser } = await createOauthSite();
    const { refresh_token } = await connect();
    await valetkey.settings.set('allow_user_api_key_scopes', 'read');
    const next = await refresh(refresh_token);
    expect(next.scope).toBe('read');
    changeUser('alice', { isSuspended: true });
    expect(await refresh(next.refresh_token)).toMatchObject({ error: 'invalid_grant' });
    changeUser('alice', { isSuspended: false });
    await valetkey.settings.set('allow_user_api_key_scopes', 'session_info');
    expect(await refresh(next.refresh_token)).toMatchObject({ error: 'invalid_grant' });
  });

  test('two devices of one client: a replay on one of them leaves the other alone', async () => {
    const { connect, refresh, use, advance } = await createOauthSite();
    const [laptop, phone] = [await connect(), await connect()];
    await refresh(laptop.refresh_token);
    advance(61_000);
    await refresh(laptop.refresh_token);
    expect(await use(laptop.access_token)).toBe('401 key_revoked');
    expect(await use(phone.access_token)).toBe('ok');
    expect(await refresh(phone.refresh_token)).toMatchObject({ status: 200 });
  });

  test('step-up: a second approval with more scopes gives a second grant, and the first one keeps its own', async () => {
    const { connect, use } = await createOauthSite();
    const first = await connect({ scope: 'read' });
    const write = [{ name: 'posts#create' }, { method: 'POST' }] as const;
    expect(await use(first.access_token, ...write)).toBe('403 scope_insufficient');
    const second = await connect({ scope: 'read write' });
    expect(await use(second.access_token, ...write)).toBe('ok');
    expect(await use(first.access_token)).toBe('ok');
    expect(await use(first.access_token, ...write)).toBe('403 scope_insufficient');
  });
});
