import { ask, query } from '@valetkey/test-support/app-request';
import { expect, test } from 'vitest';
import { describeContract, json, type RunningForum, refusal } from './running-forum.ts';

const CALENDAR = '/u/alice/bookmarks.ics';
const inUrl = (forum: RunningForum, path: string, key: string, init?: RequestInit) =>
  forum.send(`${path}${path.includes('?') ? '&' : '?'}user_api_key=${key}`, init);

describeContract('section 5, keys in a URL', (start) => {
  test('a key that was flagged at creation opens its one GET route from a query, and from its header', async () => {
    const forum = await start();
    const key = await forum.issueKey('alice', 'bookmarks_calendar');
    for (const answer of [await inUrl(forum, CALENDAR, key), await forum.call(key, CALENDAR)]) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        'text/calendar; charset=utf-8',
      ]);
    }
    expect((await inUrl(forum, CALENDAR, key, { method: 'HEAD' })).status).toBe(200);
  });

  test('the person saw that it may be in a URL, before approving it', async () => {
    const forum = await start();
    const alice = await forum.browserOf('alice');
    const page = async (scopes: string) =>
      (await alice.get(`/user-api-key/new${query(ask({ scopes, auth_redirect: null }))}`)).text();
    expect(await page('bookmarks_calendar')).toContain('May be in a link');
    expect(await page('read')).not.toContain('May be in a link');
  });

  test.each(['read', 'write', 'bookmarks_calendar,read', 'bookmarks_calendar,session_info'])(
    'a key with %s, which is not restricted to one single GET route, is refused there',
    async (scopes) => {
      const forum = await start();
      const key = await forum.issueKey('alice', scopes);
      expect((await forum.call(key, CALENDAR)).status).toBe(200);
      expect(await refusal(inUrl(forum, CALENDAR, key))).toBe('403 key_not_allowed_in_url');
    },
  );

  test('on every other route the parameter is ignored and authenticates nobody', async () => {
    const forum = await start();
    for (const scope of ['bookmarks_calendar', 'write']) {
      const key = await forum.issueKey('alice', scope);
      for (const path of ['/latest.json', '/t/1', '/latest.rss', '/u/alice.json']) {
        const answer = await inUrl(forum, path, key);
        expect([path, answer.status, answer.headers.get('ratelimit')]).toEqual([path, 200, null]);
        expect(await answer.text()).not.toContain('user_api_keys');
      }
      for (const path of ['/u/alice/bookmarks.json', '/notifications.json', '/user-status.json'])
        expect([path, (await inUrl(forum, path, key)).status]).toEqual([path, 403]);
      expect((await inUrl(forum, '/session/current.json', key)).status).toBe(404);
      const written = { method: 'PUT', body: new URLSearchParams({ description: 'x', emoji: 'plum' }) };
      expect((await inUrl(forum, '/user-status.json', key, written)).status).toBe(403);
      expect((await inUrl(forum, '/user-api-key/current.json', key)).status).toBe(403);
      expect((await inUrl(forum, '/user-api-key/revoke.json', key, { method: 'POST' })).status).toBe(403);
      expect((await json(forum.call(key, '/user-api-key/current.json'))).last_used_at).toBeNull();
    }
  });

  test('answers to a URL key are private and pass no address on, refusals too', async () => {
    const forum = await start();
    const key = await forum.issueKey('alice', 'bookmarks_calendar');
    const wide = await forum.issueKey('alice', 'read');
    const other = '/u/bob/bookmarks.ics';
    const answers = [
      await inUrl(forum, CALENDAR, key),
      await inUrl(forum, CALENDAR, wide),
      await inUrl(forum, CALENDAR, 'f'.repeat(32)),
      await inUrl(forum, other, key),
      await inUrl(forum, `${CALENDAR}?user_api_key=${key}`, key),
      await forum.call(key, `${CALENDAR}?user_api_key=${key}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 403, 403, 403, 403, 403]);
    for (const { headers } of answers) {
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('private');
      expect(headers.get('set-cookie')).toBeNull();
    }
  });

  test('two keys are refused, whether both are in the address or one is in a header', async () => {
    const forum = await start();
    const key = await forum.issueKey('alice', 'bookmarks_calendar');
    const once = `${CALENDAR}?user_api_key=${key}`;
    const conflict = '403 credentials_conflict';
    expect(await refusal(inUrl(forum, once, key))).toBe(conflict);
    for (const headers of [
      { 'User-Api-Key': key },
      { Authorization: `Bearer ${key}` },
      { 'Api-Key': 'f'.repeat(64) },
    ] as Record<string, string>[])
      expect(await refusal(forum.send(once, { headers }))).toBe(conflict);
    const password = { Authorization: 'Basic YWxpY2U6c2VjcmV0' };
    expect((await forum.send(once, { headers: password })).status).toBe(200);
  });

  test('people make these in the pages, if the site allows it', async () => {
    const forum = await start();
    const alice = await forum.browserOf('alice');
    const subscribe = () => alice.send('POST', '/calendar-subscriptions.json');
    const { urls } = await json(subscribe());
    expect((await fetch(urls.bookmarks)).status).toBe(200);
    await forum.set('allow_personal_user_api_keys', 'none');
    expect(await refusal(subscribe())).toBe('403 personal_keys_disabled');
  });
});
