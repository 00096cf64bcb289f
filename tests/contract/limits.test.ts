import { json, refusalOf } from '@valetkey/test-support/responses';
import { describe, expect } from 'vitest';
import type { ContractSite } from './target/contract-site.ts';
import { test } from './target/contract-test.ts';

const latest = (site: ContractSite, key: string) => site.call(key, '/latest.json');

async function useUp(site: ContractSite, key: string, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) expect((await latest(site, key)).status).toBe(200);
}

describe('limits of a key', () => {
  test('20 requests a minute: the next is 429, with the wait in header and body and the name of the limiter', async ({
    site,
    clock,
  }) => {
    const key = await site.issueKey('alice', 'read');
    await useUp(site, key, 20);
    clock.advance(18_000);
    const answer = await latest(site, key);
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('42');
    expect(answer.headers.get('discourse-rate-limit-error-code')).toBe('user_api_key_limiter_60_secs');
    expect(await json(answer)).toMatchObject({
      errors: [expect.any(String)],
      error_type: 'rate_limit',
      extras: { wait_seconds: 42 },
    });
    const other = await site.issueKey('alice', 'read', { client_id: 'other' });
    expect((await latest(site, other)).status).toBe(200);
  });

  test('429 as a page: has Retry-After and the name of the limiter too', async ({ site, settings }) => {
    await settings.set('max_user_api_reqs_per_minute', 1);
    const key = await site.issueKey('alice', 'read');
    await useUp(site, key, 1);
    const page = await site.call(key, '/t/1', 'GET', { headers: { accept: 'text/html' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8']);
    expect(page.headers.get('retry-after')).toBe('60');
    expect(page.headers.get('discourse-rate-limit-error-code')).toBe('user_api_key_limiter_60_secs');
  });

  test('max_user_api_reqs_per_day: 2880 by default; above it 429, with the name of the daily limiter', async ({
    site,
    settings,
    clock,
  }) => {
    const key = await site.issueKey('alice', 'read');
    expect((await latest(site, key)).headers.get('ratelimit')).toContain('"day";r=2879;t=86400');
    await settings.set('max_user_api_reqs_per_day', 3);
    clock.advance(3_600_000);
    await useUp(site, key, 2);
    const answer = await latest(site, key);
    expect(answer.status).toBe(429);
    expect(answer.headers.get('discourse-rate-limit-error-code')).toBe('user_api_key_limiter_1_day');
    expect(answer.headers.get('retry-after')).toBe(String(86_400 - 3_600));
    clock.advance((86_400 - 3_600) * 1_000);
    await useUp(site, key, 1);
    expect((await latest(site, key)).status).toBe(429);
  });

  test('max_user_api_reqs_per_minute: the window slides; a use counts for a minute', async ({
    site,
    settings,
    clock,
  }) => {
    await settings.set('max_user_api_reqs_per_minute', 4);
    const key = await site.issueKey('alice', 'read');
    await useUp(site, key, 2);
    clock.advance(30_000);
    await useUp(site, key, 2);
    clock.advance(29_999);
    expect((await latest(site, key)).status).toBe(429);
    clock.advance(1);
    await useUp(site, key, 2);
    expect((await latest(site, key)).status).toBe(429);
  });

  test('100 requests at once: exactly the limit is allowed', async ({ site }) => {
    const key = await site.issueKey('alice', 'read');
    const answers = await Promise.all(Array.from({ length: 100 }, () => site.call(key, '/user-status.json')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(80);
  });

  test('429: does not count as a use; 403 scope_insufficient does', async ({ site, settings, clock }) => {
    await settings.set('max_user_api_reqs_per_minute', 2);
    const key = await site.issueKey('alice', 'session_info');
    expect(await refusalOf(latest(site, key))).toBe('403 scope_insufficient');
    const current = () => site.call(key, '/session/current.json');
    expect((await current()).status).toBe(200);
    for (let count = 0; count < 5; count += 1) expect((await current()).status).toBe(429);
    clock.advance(60_000);
    expect([(await current()).status, (await current()).status, (await current()).status]).toEqual([
      200, 200, 429,
    ]);
  });

  test('last_used_at: changes with allowed requests only', async ({ site, settings, clock }) => {
    await settings.set('max_user_api_reqs_per_minute', 1);
    const key = await site.issueKey('alice', 'session_info');
    const shown = async () => {
      await site.settle();
      const apps = (await json((await site.browserOf('alice')).get('/u/alice.json'))).user.user_api_keys;
      return apps[0].last_used_at;
    };
    expect((await latest(site, key)).status).toBe(403);
    expect(await shown()).toBeNull();
    clock.advance(60_000);
    expect((await site.call(key, '/session/current.json')).status).toBe(200);
    const used = '2026-11-23T12:01:00.000Z';
    expect(await shown()).toBe(used);
    clock.advance(1_000);
    expect((await site.call(key, '/session/current.json')).status).toBe(429);
    expect(await shown()).toBe(used);
  });

  test('RateLimit-Policy and RateLimit: state the limits and what is left', async ({ site }) => {
    const key = await site.issueKey('alice', 'read');
    const { headers } = await latest(site, key);
    expect(headers.get('ratelimit-policy')).toBe('"minute";q=20;w=60, "day";q=2880;w=86400');
    expect(headers.get('ratelimit')).toContain('"minute";r=19;t=60');
    const second = await site.call(key, '/t/1');
    expect(second.headers.get('ratelimit')).toContain('"minute";r=18;t=60');
  });

  test('POST /user-api-key/revoke: is not limited', async ({ site, settings }) => {
    await settings.set('max_user_api_reqs_per_minute', 1);
    const key = await site.issueKey('alice', 'read');
    await useUp(site, key, 1);
    expect((await latest(site, key)).status).toBe(429);
    expect((await site.call(key, '/user-api-key/revoke', 'POST')).status).toBe(200);
  });
});
