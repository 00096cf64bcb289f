import { describe, expect, test } from 'vitest';
import { createOauthSite } from './test-support/oauth-site.ts';

const DAY_MS = 86_400_000;

describe('the grants of a user', () => {
  test('the page of apps lists each grant once, with client id and last use, however often it was refreshed', async () => {
    const { connect, refresh, use, get, valetkey } = await createOauthSite();
    const [laptop] = [await connect(), await connect()];
    const next = await refresh(laptop.refresh_token);
    await use(next.access_token);
    const page = await (await get('/u/alice/preferences/apps', { cookie: 'session=alice' })).text();
    expect(page.match(/<h2><bdi>Plum Client<\/bdi><\/h2>/g)).toHaveLength(2);
    expect(page.match(/<code class="address">public-client<\/code>/g)).toHaveLength(2);
    expect(page).toContain('from <bdi>192.0.2.1</bdi>');
    expect(await valetkey.grantsOf('id-alice')).toHaveLength(2);
  });

  test('one is revoked from that page; the other one stays, and the audit log has the user', async () => {
    const { connect, use, post, valetkey, store } = await createOauthSite();
    const [one, other] = [await connect(), await connect()];
    const [, { id } = { id: 0 }] = await valetkey.grantsOf('id-alice');
    const response = await post('/oauth/grants/revoke', { id: String(id) }, 'alice');
    expect([response.status, response.headers.get('location')]).toEqual([303, '/u/alice/preferences/apps']);
    expect([await use(one.access_token), await use(other.access_token)]).toEqual(['401 key_revoked', 'ok']);
    const [event] = await store.listAuditEvents({ beforeId: null, limit: 1 });
    expect(event).toMatchObject({ action: 'key_revoked', actorId: 'id-alice', subject: 'Plum Client' });
  });

  test('cannot be revoked by another user, without the CSRF token or with a key; an admin can', async () => {
    const { connect, use, post, send, valetkey } = await createOauthSite();
    const { access_token } = await connect();
    const [{ id } = { id: 0 }] = await valetkey.grantsOf('id-alice');
    const form = { id: String(id) };
    const attempts = [
      await post('/oauth/grants/revoke', form, 'bob'),
      await post('/oauth/grants/revoke', form, null, { cookie: 'session=alice' }),
      await send('/oauth/grants/revoke', {
        method: 'POST',
        headers: { authorization: `Bearer ${access_token}` },
      }),
      await post('/oauth/grants/revoke', { id: 'x' }, 'alice'),
    ];
    expect(attempts.map(({ status }) => status)).toEqual([403, 403, 403, 404]);
    expect(await use(access_token)).toBe('ok');
    expect((await post('/oauth/grants/revoke', form, 'admin')).status).toBe(303);
    expect(await use(access_token)).toBe('401 key_revoked');
  });

  test('two tokens of a grant that are used in turn: every use is counted', async () => {
    const { connect, refresh, use, get, valetkey } = await createOauthSite();
    const first = await connect({ scope: 'read' });
    const second = await refresh(first.refresh_token);
    for (const { access_token } of [first, second, first, first, second, first]) await use(access_token);
    await valetkey.runDailyJobs();
    await use(first.access_token);
    await valetkey.runDailyJobs();
    const page = await (await get('/u/alice/preferences/apps', { cookie: 'session=alice' })).text();
    expect(page).toContain('7 requests');
  });

  test('unused ones are revoked by the daily job; a use keeps them', async () => {
    const { connect, refresh, use, advance, valetkey } = await createOauthSite();
    const [unused, used] = [await connect(), await connect()];
    advance(179 * DAY_MS);
    const next = await refresh(used.refresh_token);
    expect(await use(next.access_token)).toBe('ok');
    advance(2 * DAY_MS);
    expect(await valetkey.runDailyJobs()).toBe(1);
    expect(await refresh(unused.refresh_token)).toMatchObject({ error: 'invalid_grant' });
    expect(await refresh(next.refresh_token)).toMatchObject({ status: 200 });
  });

  test('the daily job deletes expired access tokens, which are unknown from then on', async () => {
    const { connect, use, advance, valetkey, refresh } = await createOauthSite();
    const { access_token, refresh_token } = await connect();
    advance(2 * DAY_MS);
    expect(await use(access_token)).toBe('401 key_expired');
    await valetkey.runDailyJobs();
    expect(await use(access_token)).toBe('401 key_unknown');
    expect((await refresh(refresh_token)).status).toBe(200);
  });
});
