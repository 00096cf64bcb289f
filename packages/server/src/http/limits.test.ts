import { createTestSite, stores, type TestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const latest = { name: 'list#latest' };

async function use(site: TestSite, key: string, route = latest, init: RequestInit = {}) {
  const outcome = await site.guard(key, route, init);
  return outcome.kind === 'refused' ? outcome.response : null;
}

describe.each(Object.entries(stores))('limits on %s', (_name, createStore) => {
  const site = () => createTestSite({ store: createStore() });

  test('of 500 parallel requests exactly the limit goes through, the first ones of a cold start included', async () => {
    const it = await site();
    const { key } = await it.approve();
    const outcomes = await Promise.all(Array.from({ length: 500 }, () => use(it, key)));
    expect(outcomes.filter((response) => response === null)).toHaveLength(20);
    expect(outcomes.filter((response) => response?.status === 429)).toHaveLength(480);
  });

  test('a refusal says how long to wait, in Discourse’s words and in the header', async () => {
    const it = await site();
    const { key } = await it.approve();
    for (let count = 0; count < 20; count += 1) await use(it, key);
    it.advance(18_000);
    const response = await use(it, key);
    expect(response?.status).toBe(429);
    expect(response?.headers.get('retry-after')).toBe('42');
    expect(response?.headers.get('discourse-rate-limit-error-code')).toBe('user_api_key_limiter_60_secs');
    expect(await response?.json()).toMatchObject({
      code: 'rate_limited',
      error_type: 'rate_limit',
      errors: [expect.any(String)],
      extras: { wait_seconds: 42 },
    });
    it.advance(42_000);
    expect(await use(it, key)).toBeNull();
  });

  test('the day has its own limit and its own word', async () => {
    const it = await site();
    await it.valetkey.settings.set('max_user_api_reqs_per_day', 3);
    const { key } = await it.approve();
    for (let count = 0; count < 3; count += 1) {
      expect(await use(it, key)).toBeNull();
      it.advance(60_000);
    }
    const response = await use(it, key);
    expect(response?.headers.get('discourse-rate-limit-error-code')).toBe('user_api_key_limiter_1_day');
    expect(response?.headers.get('retry-after')).toBe(String(86_400 - 180));
  });

  test('a refused request is not counted, a refusal for scope is', async () => {
    const it = await site();
    await it.valetkey.settings.set('max_user_api_reqs_per_minute', 2);
    const { key } = await it.approve();
    expect((await use(it, key, { name: 'posts#create' }, { method: 'POST' }))?.status).toBe(403);
    expect(await use(it, key)).toBeNull();
    for (let count = 0; count < 50; count += 1) expect((await use(it, key))?.status).toBe(429);
    it.advance(60_000);
    expect(await use(it, key)).toBeNull();
  });

  test('renaming the client gives no fresh start', async () => {
    const it = await site();
    await it.valetkey.settings.set('max_user_api_reqs_per_minute', 5);
    const { key } = await it.approve();
    let allowed = 0;
    for (let count = 0; count < 10; count += 1) {
      const headers = { 'User-Api-Key': key, 'User-Api-Client-Id': `name-${count}` };
      if ((await use(it, key, latest, { headers })) === null) allowed += 1;
    }
    expect(allowed).toBe(5);
  });

  test('revoking is never refused for a limit', async () => {
    const it = await site();
    await it.valetkey.settings.set('max_user_api_reqs_per_minute', 1);
    const { key } = await it.approve();
    await use(it, key);
    expect((await use(it, key))?.status).toBe(429);
    const response = await it.send('/user-api-key/revoke', {
      method: 'POST',
      headers: { 'User-Api-Key': key },
    });
    expect(response.status).toBe(200);
  });

  test('what is left stands in the headers of an answer and in current.json', async () => {
    const it = await site();
    const { key } = await it.approve();
    const outcome = await it.guard(key, latest);
    expect(outcome.kind === 'key' && outcome.headers).toEqual({
      'RateLimit-Policy': '"minute";q=20;w=60, "day";q=2880;w=86400',
      RateLimit: '"minute";r=19;t=60, "day";r=2879;t=86400',
    });
    const current = await it.get('/user-api-key/current.json', { 'User-Api-Key': key });
    expect(await current.json()).toMatchObject({
      limits: { per_minute: 20, per_day: 2880, remaining: { per_minute: 18, per_day: 2878 } },
    });
    expect(current.headers.get('ratelimit')).toContain('"minute";r=18');
  });
});
