import { createAdminSite, withKey } from '@valetkey/test-support/site/admin-site';
import { describe, expect, test } from 'vitest';

const DAY_MS = 86_400_000;
const INVALID = 'invalid_api_credentials';

describe('verify: an admin key', () => {
  const site = () => createAdminSite();

  test('acts as the user whom Api-Username names, and the result says that it is an admin key', async () => {
    const it = await site();
    const { id, key } = await it.make();
    const result = await it.authorize(withKey(key, 'Alice'));
    expect(result).toMatchObject({
      kind: 'key',
      principal: {
        kind: 'admin_api_key',
        user: { username: 'alice', isAdmin: false },
        key: { id, description: 'Nightly export', scopeMode: 'global', scopes: [] },
      },
      headers: { 'RateLimit-Policy': '"minute";q=60;w=60', RateLimit: '"minute";r=59;t=60' },
    });
    expect(await it.outcome(withKey(key, 'admin'), { name: 'posts#create' }, 'POST')).toBe('ok:admin');
  });

  test('bound to a user acts for no other user, with or without Api-Username', async () => {
    const it = await site();
    const { key } = await it.make({ username: 'alice' });
    expect(await it.outcome(withKey(key, 'alice'))).toBe('ok:alice');
    expect(await it.outcome(withKey(key))).toBe('ok:alice');
    for (const name of ['bob', 'admin', 'nobody', '', 'alice, bob', 'id-alice', '*']) {
      expect([name, await it.outcome(withKey(key, name))]).toEqual([name, INVALID]);
    }
  });

  test('has the same response for every wrong combination', async () => {
    const it = await site();
    const all = await it.make();
    const ofBob = await it.make({ username: 'bob' });
    const ofSam = await it.make({ username: 'sam' });
    const revoked = await it.make();
    await it.asUser('admin', 'POST', `/admin/api/keys/${revoked.id}/revoke`, {});
    it.users.delete('bob');
    const answers = await Promise.all(
      [
        withKey('f'.repeat(64), 'alice'),
        withKey('hello', 'alice'),
        withKey('', 'alice'),
        withKey(all.key),
        withKey(all.key, 'nobody'),
        withKey(all.key, 'sam'),
        withKey(ofBob.key),
        withKey(ofBob.key, 'bob'),
        withKey(ofSam.key),
        withKey(ofSam.key, 'sam'),
        withKey(revoked.key, 'alice'),
        withKey(all.key.toUpperCase(), 'alice'),
        withKey(`${all.key} `.repeat(2), 'alice'),
      ].map(async (headers) => {
        const result = await it.authorize(headers);
        if (result.kind !== 'refused') return result.kind;
        return { status: result.status, body: await (await result.response()).text() };
      }),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 403, body: expect.stringContaining(INVALID) });
  });

  test('is ignored in a URL: the request is anonymous', async () => {
    const it = await site();
    const { key } = await it.make({ username: 'alice' });
    const query = `?api_key=${key}&api_username=alice&Api-Key=${key}&user_api_key=${key}`;
    const latest = { name: 'list#latest', format: 'json' };
    expect(await it.outcome({}, latest, 'GET', `/latest.json${query}`)).toBe('anonymous');
    const calendar = { name: 'users#bookmarks', format: 'ics' };
    expect(await it.outcome({}, calendar, 'GET', `/u/alice/bookmarks.ics${query}`)).toBe(
      'admin_key_in_user_header',
    );
    const all = await it.make();
    expect(await it.outcome(withKey(all.key), latest, 'GET', '/latest.json?api_username=alice')).toBe(
      INVALID,
    );
  });

  test('is rejected beside a user key, and a user key is never accepted as an admin key', async () => {
    const it = await site();
    const { key } = await it.make();
    const userKey = (await it.approve()).key;
    expect(await it.outcome({ ...withKey(key, 'alice'), 'User-Api-Key': userKey })).toBe(
      'credentials_conflict',
    );
    expect(await it.outcome(withKey(userKey, 'alice'))).toBe('user_key_in_admin_header');
    expect(await it.outcome({ 'User-Api-Key': key, 'Api-Username': 'alice' })).toBe(
      'admin_key_in_user_header',
    );
    expect(await it.outcome({ 'User-Api-Key': userKey, 'Api-Username': 'bob' })).toBe('ok:alice');
  });

  test('sets no cookie, and a cookie beside the key is ignored', async () => {
    const it = await site();
    const { key } = await it.make({ username: 'alice' });
    expect(await it.outcome({ ...withKey(key), cookie: 'session=bob' })).toBe('ok:alice');
    expect(await it.outcome({ ...withKey('f'.repeat(64)), cookie: 'session=bob' })).toBe(INVALID);
    const result = await it.authorize(withKey(key));
    expect(result.kind === 'key' && Object.keys(result.headers)).toEqual(['RateLimit-Policy', 'RateLimit']);
  });

  test('is limited to 60 requests in any minute, however many run concurrently, with the seconds to wait', async () => {
    const it = await site();
    const { key } = await it.make({ username: 'alice' });
    const outcomes = await Promise.all(Array.from({ length: 300 }, () => it.outcome(withKey(key))));
    expect(outcomes.filter((outcome) => outcome === 'ok:alice')).toHaveLength(60);
    it.advance(18_000);
    const result = await it.authorize(withKey(key));
    const response = result.kind === 'refused' ? await result.response() : null;
    expect(response?.status).toBe(429);
    expect(response?.headers.get('retry-after')).toBe('42');
    expect(response?.headers.get('discourse-rate-limit-error-code')).toBe('admin_api_key_rate_limit');
    expect(await response?.json()).toMatchObject({ error_type: 'rate_limit', extras: { wait_seconds: 42 } });
    const other = await it.make({ username: 'alice' });
    expect(await it.outcome(withKey(other.key))).toBe('ok:alice');
    it.advance(42_000);
    expect(await it.outcome(withKey(key))).toBe('ok:alice');
    await it.valetkey.settings.set('max_admin_api_reqs_per_minute', 1);
    expect(await it.outcome(withKey(key))).toBe('rate_limited');
  });

  test('keeps its rate limit after revoke and undo', async () => {
    const it = await site();
    await it.valetkey.settings.set('max_admin_api_reqs_per_minute', 1);
    const { id, key } = await it.make({ username: 'alice' });
    expect(await it.outcome(withKey(key))).toBe('ok:alice');
    await it.asUser('admin', 'POST', `/admin/api/keys/${id}/revoke`, {});
    expect(await it.outcome(withKey(key))).toBe(INVALID);
    await it.asUser('admin', 'POST', `/admin/api/keys/${id}/undo-revoke`, {});
    expect(await it.outcome(withKey(key))).toBe('rate_limited');
  });

  test('is rejected while its user is suspended', async () => {
    const it = await site();
    const { key } = await it.make({ username: 'alice' });
    const alice = it.users.get('alice');
    if (!alice) throw new Error('no alice');
    it.users.set('alice', { ...alice, isSuspended: true });
    expect(await it.outcome(withKey(key))).toBe(INVALID);
    it.users.set('alice', alice);
    expect(await it.outcome(withKey(key))).toBe('ok:alice');
  });

  test('updates last-used when it is allowed, and not when it is rejected', async () => {
    const it = await site();
    const scopes = [{ scope_id: 'search:query' }];
    const { id, key } = await it.make({ username: 'alice', scope_mode: 'granular', scopes });
    const lastUsed = async () => {
      const answer = await it.asUser('admin', 'GET', '/admin/api/keys.json');
      const { keys } = (await answer.json()) as { keys: { id: number; last_used_at: string | null }[] };
      return keys.find((shown) => shown.id === id)?.last_used_at;
    };
    expect(await it.outcome(withKey(key))).toBe('scope_insufficient');
    expect(await lastUsed()).toBeNull();
    it.advance(5_000);
    expect(await it.outcome(withKey(key), { name: 'search#query' })).toBe('ok:alice');
    expect(await lastUsed()).toBe('2026-11-23T12:00:05.000Z');
  });

  test('is revoked by the daily job after 180 unused days, also if it is cached; 0 disables this', async () => {
    const it = await site();
    const [unused, used] = [await it.make({ username: 'alice' }), await it.make({ username: 'bob' })];
    expect(await it.outcome(withKey(unused.key))).toBe('ok:alice');
    it.advance(DAY_MS);
    expect(await it.outcome(withKey(used.key))).toBe('ok:bob');
    it.advance(179.5 * DAY_MS);
    await it.valetkey.settings.set('revoke_api_keys_unused_days', 0);
    expect(await it.valetkey.runDailyJobs()).toBe(0);
    await it.valetkey.settings.set('revoke_api_keys_unused_days', 180);
    expect(await it.valetkey.runDailyJobs()).toBe(1);
    expect(await it.valetkey.runDailyJobs()).toBe(0);
    expect(await it.outcome(withKey(unused.key))).toBe(INVALID);
    expect(await it.outcome(withKey(used.key))).toBe('ok:bob');
  });

  test('is rejected with an explanation if a page of another origin sends it', async () => {
    const it = await site();
    const { key } = await it.make({ username: 'alice' });
    expect(await it.outcome({ ...withKey(key), origin: 'https://evil.example' })).toBe(
      'admin_key_from_browser',
    );
    expect(await it.outcome({ ...withKey(key), origin: 'https://forum.example' })).toBe('ok:alice');
  });
});
