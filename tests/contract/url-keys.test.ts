import { keyRequest, query } from '@valetkey/test-support/app-request';
import { json, refusalOf } from '@valetkey/test-support/responses';
import { describe, expect } from 'vitest';
import type { ContractSite } from './target/contract-site.ts';
import { test } from './target/contract-test.ts';

const CALENDAR = '/u/alice/bookmarks.ics';
const inUrl = (site: ContractSite, path: string, key: string, init?: RequestInit) =>
  site.send(`${path}${path.includes('?') ? '&' : '?'}user_api_key=${key}`, init);

describe('keys in URLs', () => {
  test('a URL key: opens its one GET route from the query and from the header', async ({ site }) => {
    const key = await site.issueKey('alice', 'bookmarks_calendar');
    for (const answer of [await inUrl(site, CALENDAR, key), await site.call(key, CALENDAR)]) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        'text/calendar; charset=utf-8',
      ]);
    }
    expect((await inUrl(site, CALENDAR, key, { method: 'HEAD' })).status).toBe(200);
  });

  test('GET /user-api-key/new: says that the key may be in a URL', async ({ site }) => {
    const alice = await site.browserOf('alice');
    const page = async (scopes: string) =>
      (await alice.get(`/user-api-key/new${query(keyRequest({ scopes, auth_redirect: null }))}`)).text();
    expect(await page('bookmarks_calendar')).toContain('Works in a link');
    expect(await page('read')).not.toContain('Works in a link');
  });

  test.for(['read', 'write', 'bookmarks_calendar,read', 'bookmarks_calendar,session_info'])(
    'a key with %s in the query: 403 key_not_allowed_in_url, as it is not restricted to one GET route',
    async (scopes, { site }) => {
      const key = await site.issueKey('alice', scopes);
      expect((await site.call(key, CALENDAR)).status).toBe(200);
      expect(await refusalOf(inUrl(site, CALENDAR, key))).toBe('403 key_not_allowed_in_url');
    },
  );

  test('user_api_key on any other route: 403 key_in_wrong_place, and an unknown key is ignored', async ({
    site,
  }) => {
    for (const scope of ['bookmarks_calendar', 'write']) {
      const key = await site.issueKey('alice', scope);
      const written = { method: 'PUT', body: new URLSearchParams({ description: 'x', emoji: 'plum' }) };
      const requests: [string, RequestInit?][] = [
        ['/latest.json'],
        ['/t/1'],
        ['/latest.rss'],
        ['/u/alice.json'],
        ['/u/alice/bookmarks.json'],
        ['/notifications.json'],
        ['/session/current.json'],
        ['/user-status.json', written],
        ['/user-api-key/current.json'],
        ['/user-api-key/revoke.json', { method: 'POST' }],
      ];
      for (const [path, init] of requests) {
        const answer = await inUrl(site, path, key, init);
        expect([path, answer.status, answer.headers.get('ratelimit')]).toEqual([path, 403, null]);
        expect(await answer.text()).toContain('key_in_wrong_place');
      }
      expect((await inUrl(site, '/latest.json', 'f'.repeat(32))).status).toBe(200);
      expect((await json(site.call(key, '/user-api-key/current.json'))).last_used_at).toBeNull();
    }
  });

  test('answers to a URL key, refusals too: Referrer-Policy no-referrer, Cache-Control private, no cookie', async ({
    site,
  }) => {
    const key = await site.issueKey('alice', 'bookmarks_calendar');
    const wide = await site.issueKey('alice', 'read');
    const other = '/u/bob/bookmarks.ics';
    const answers = [
      await inUrl(site, CALENDAR, key),
      await inUrl(site, CALENDAR, wide),
      await inUrl(site, CALENDAR, 'f'.repeat(32)),
      await inUrl(site, other, key),
      await inUrl(site, `${CALENDAR}?user_api_key=${key}`, key),
      await site.call(key, `${CALENDAR}?user_api_key=${key}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 403, 403, 403, 403, 403]);
    for (const { headers } of answers) {
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('private');
      expect(headers.get('set-cookie')).toBeNull();
    }
  });

  test('two keys in the query, or one there and one in a header: 403 credentials_conflict', async ({
    site,
  }) => {
    const key = await site.issueKey('alice', 'bookmarks_calendar');
    const once = `${CALENDAR}?user_api_key=${key}`;
    const conflict = '403 credentials_conflict';
    expect(await refusalOf(inUrl(site, once, key))).toBe(conflict);
    for (const headers of [
      { 'User-Api-Key': key },
      { Authorization: `Bearer ${key}` },
      { 'Api-Key': 'f'.repeat(64) },
    ] as Record<string, string>[])
      expect(await refusalOf(site.send(once, { headers }))).toBe(conflict);
    const password = { Authorization: 'Basic YWxpY2U6c2VjcmV0' };
    expect((await site.send(once, { headers: password })).status).toBe(200);
  });
});
