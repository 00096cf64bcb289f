import { expect, test } from 'vitest';
import { ALICE_ID, describeContract, json, type RunningForum, refusal } from './running-forum.ts';

const latest = (forum: RunningForum, key: string) => forum.call(key, '/latest.json');

async function useUp(forum: RunningForum, key: string, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) expect((await latest(forum, key)).status).toBe(200);
}

const lastUsed = async ({ store }: RunningForum) => (await store.listKeys(ALICE_ID))[0]?.lastUsedAt ?? null;

describeContract('section 5, limits per key', (start) => {
  test('20 a minute: over it 429, with the wait in header and body and the limiter’s name', async () => {
    const forum = await start();
    const key = await forum.issueKey('alice', 'read');
    await useUp(forum, key, 20);
    forum.advance(18_000);
    const answer = await latest(forum, key);
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('42');
    expect(answer.headers.get('discourse-rate-limit-error-code')).toBe('user_api_key_limiter_60_secs');
    expect(await json(answer)).toMatchObject({
      errors: [expect.any(String)],
      error_type: 'rate_limit',
      extras: { wait_seconds: 42 },
    });
    const other = await forum.issueKey('alice', 'read', { client_id: 'other' });
    expect((await latest(forum, other)).status).toBe(200);
  });

  test('a 429 on a page says when to come again and the limiter’s name too', async () => {
    const forum = await start();
    await forum.set('max_user_api_reqs_per_minute', 1);
    const key = await forum.issueKey('alice', 'read');
    await useUp(forum, key, 1);
    const page = await forum.call(key, '/t/1', 'GET', undefined, { accept: 'text/html' });
    expect([page.status, page.headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8']);
    expect(page.headers.get('retry-after')).toBe('60');
    expect(page.headers.get('discourse-rate-limit-error-code')).toBe('user_api_key_limiter_60_secs');
  });

  test('2880 a day, or what the setting says: over it 429, under the day’s name', async () => {
    const forum = await start();
    const key = await forum.issueKey('alice', 'read');
    expect((await latest(forum, key)).headers.get('ratelimit')).toContain('"day";r=2879;t=86400');
    await forum.set('max_user_api_reqs_per_day', 3);
    forum.advance(3_600_000);
    await useUp(forum, key, 2);
    const answer = await latest(forum, key);
    expect(answer.status).toBe(429);
    expect(answer.headers.get('discourse-rate-limit-error-code')).toBe('user_api_key_limiter_1_day');
    expect(answer.headers.get('retry-after')).toBe(String(86_400 - 3_600));
    forum.advance((86_400 - 3_600) * 1_000);
    await useUp(forum, key, 1);
    expect((await latest(forum, key)).status).toBe(429);
  });

  test('windows slide: what was used half a minute ago still counts, and is let go on its own', async () => {
    const forum = await start();
    await forum.set('max_user_api_reqs_per_minute', 4);
    const key = await forum.issueKey('alice', 'read');
    await useUp(forum, key, 2);
    forum.advance(30_000);
    await useUp(forum, key, 2);
    forum.advance(29_999);
    expect((await latest(forum, key)).status).toBe(429);
    forum.advance(1);
    await useUp(forum, key, 2);
    expect((await latest(forum, key)).status).toBe(429);
  });

  test('exactly the limit goes through, however many come at once', async () => {
    const forum = await start();
    const key = await forum.issueKey('alice', 'read');
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => forum.call(key, '/user-status.json')),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(80);
  });

  test('a 429 is not counted; a refusal for scope is', async () => {
    const forum = await start();
    await forum.set('max_user_api_reqs_per_minute', 2);
    const key = await forum.issueKey('alice', 'session_info');
    expect(await refusal(latest(forum, key))).toBe('403 scope_insufficient');
    const current = () => forum.call(key, '/session/current.json');
    expect((await current()).status).toBe(200);
    for (let count = 0; count < 5; count += 1) expect((await current()).status).toBe(429);
    forum.advance(60_000);
    expect([(await current()).status, (await current()).status, (await current()).status]).toEqual([
      200, 200, 429,
    ]);
  });

  test('only an allowed request moves last-used', async () => {
    const forum = await start();
    await forum.set('max_user_api_reqs_per_minute', 1);
    const key = await forum.issueKey('alice', 'session_info');
    const shown = async () => {
      const apps = (await json((await forum.browserOf('alice')).get('/u/alice.json'))).user.user_api_keys;
      return apps[0].last_used_at;
    };
    expect((await latest(forum, key)).status).toBe(403);
    expect(await shown()).toBeNull();
    forum.advance(60_000);
    expect((await forum.call(key, '/session/current.json')).status).toBe(200);
    const used = '2026-11-23T12:01:00.000Z';
    expect(await shown()).toBe(used);
    forum.advance(1_000);
    expect((await forum.call(key, '/session/current.json')).status).toBe(429);
    expect(await shown()).toBe(used);
    expect(await lastUsed(forum)).toBe(Date.parse(used));
  });

  test('RateLimit-Policy and RateLimit tell a good client before it hits the wall', async () => {
    const forum = await start();
    const key = await forum.issueKey('alice', 'read');
    const { headers } = await latest(forum, key);
    expect(headers.get('ratelimit-policy')).toBe('"minute";q=20;w=60, "day";q=2880;w=86400');
    expect(headers.get('ratelimit')).toContain('"minute";r=19;t=60');
    const second = await forum.call(key, '/t/1');
    expect(second.headers.get('ratelimit')).toContain('"minute";r=18;t=60');
  });

  test('revoking is never refused for a limit', async () => {
    const forum = await start();
    await forum.set('max_user_api_reqs_per_minute', 1);
    const key = await forum.issueKey('alice', 'read');
    await useUp(forum, key, 1);
    expect((await latest(forum, key)).status).toBe(429);
    expect((await forum.call(key, '/user-api-key/revoke', 'POST')).status).toBe(200);
  });
});
