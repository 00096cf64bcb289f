import { defineScopes, discourseFeeds, discourseScopes } from '@valetkey/server';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { describeContract, json, type RunningForum, refusal } from './running-forum.ts';

const PATH = '/calendar-subscriptions.json';
const NOTE =
  'Pears; "plums", \\n and a back\\slash: ünïcödé 🍐, long enough to be folded somewhere in the file';

const subscribe = async (forum: RunningForum, body: object = {}) =>
  (await forum.browserOf('alice')).send('POST', PATH, body);
const states = async (forum: RunningForum) => json((await forum.browserOf('alice')).get(PATH));
const unsubscribe = async (forum: RunningForum, query = '') =>
  (await forum.browserOf('alice')).send('DELETE', `${PATH}${query}`);

/** A second feed beside the calendar. */
const twoFeeds = {
  scopes: defineScopes({
    ...discourseScopes,
    latest_feed: {
      sentence: 'Follow what is new',
      permissions: [{ methods: ['GET'], route: 'list#latest', formats: ['rss'], isAllowedInUrl: true }],
    },
  }),
  feeds: {
    ...discourseFeeds,
    latest: { scope: 'latest_feed', path: () => '/latest.rss', sentence: 'What is new' },
  },
};

describeContract('section 10, feeds', (start) => {
  test('GET says which feeds there are, since when, and who fetched them last', async () => {
    const forum = await start();
    const never = { has_subscription: false, created_at: null, last_fetched_at: null, last_fetched_by: null };
    const feed = { name: 'bookmarks', ...never };
    expect(await states(forum)).toEqual({ has_subscription: false, feeds: [feed] });
    const { urls } = await json(subscribe(forum));
    forum.advance(60_000);
    await fetch(urls.bookmarks, { headers: { 'User-Agent': 'Thunderbird/128' } });
    expect(await states(forum)).toEqual({
      has_subscription: true,
      feeds: [
        {
          name: 'bookmarks',
          has_subscription: true,
          created_at: '2026-11-23T12:00:00.000Z',
          last_fetched_at: '2026-11-23T12:01:00.000Z',
          last_fetched_by: 'Thunderbird/128',
        },
      ],
    });
  });

  test('POST makes the URL key and answers its address for browsers and for calendars, shown once', async () => {
    const forum = await start();
    const { urls, webcal_urls } = await json(subscribe(forum));
    expect(urls.bookmarks).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/u\/alice\/bookmarks\.ics\?user_api_key=[0-9a-f]{32}$/,
    );
    expect(webcal_urls.bookmarks).toBe(urls.bookmarks.replace('http:', 'webcal:'));
    expect((await fetch(urls.bookmarks)).status).toBe(200);
    expect(JSON.stringify(await states(forum))).not.toMatch(/[0-9a-f]{32}/);
  });

  test('POST replaces the earlier address of that feed', async () => {
    const forum = await start();
    const first = (await json(subscribe(forum, { feed: 'bookmarks' }))).urls.bookmarks;
    const second = (await json(subscribe(forum, { feed: 'bookmarks' }))).urls.bookmarks;
    expect((await fetch(first)).status).toBe(403);
    expect((await fetch(second)).status).toBe(200);
  });

  test('one key per feed, all of them by default: resetting one breaks no other', async () => {
    const forum = await start(twoFeeds);
    await forum.set('allow_user_api_key_scopes', 'bookmarks_calendar|latest_feed');
    const { urls } = await json(subscribe(forum));
    expect(Object.keys(urls)).toEqual(['bookmarks', 'latest']);
    const reset = await json(subscribe(forum, { feed: 'latest' }));
    expect((await fetch(urls.latest)).status).toBe(403);
    expect(Object.keys(reset.urls)).toEqual(['latest']);
    expect((await fetch(urls.bookmarks)).status).toBe(200);
    expect((await fetch(reset.urls.latest)).status).toBe(200);
    expect((await unsubscribe(forum, '?feed=latest')).status).toBe(204);
    expect((await fetch(urls.bookmarks)).status).toBe(200);
    expect((await fetch(reset.urls.latest)).status).toBe(403);
  });

  test('DELETE 204, also when there is none', async () => {
    const forum = await start();
    expect((await unsubscribe(forum)).status).toBe(204);
    const { urls } = await json(subscribe(forum));
    for (let time = 0; time < 2; time += 1) expect((await unsubscribe(forum)).status).toBe(204);
    expect((await fetch(urls.bookmarks)).status).toBe(403);
    expect((await states(forum)).has_subscription).toBe(false);
  });

  test('session and CSRF only: no key, no stranger, no form of another site', async () => {
    const forum = await start();
    const alice = await forum.browserOf('alice');
    const key = await forum.issueKey('alice', 'read,write');
    for (const method of ['GET', 'POST', 'DELETE']) {
      expect(await refusal(forum.call(key, PATH, method))).toBe('403 session_required');
      expect(await refusal(forum.send(PATH, { method }))).toBe('403 login_required');
      if (method === 'GET') continue;
      const forged = alice.send(method, PATH, {}, { 'x-csrf-token': 'guessed' });
      expect(await refusal(forged)).toBe('403 csrf_invalid');
    }
    expect((await states(forum)).has_subscription).toBe(false);
  });

  test('a calendar program reads the reminders, titles and all', async () => {
    const forum = await start();
    const alice = await forum.browserOf('alice');
    const bookmark = { bookmarkable_type: 'Post', bookmarkable_id: 1, name: NOTE };
    await alice.send('POST', '/bookmarks.json', { ...bookmark, reminder_at: '2026-12-01T08:30:00+01:00' });
    const { urls } = await json(subscribe(forum));
    const answer = await fetch(urls.bookmarks);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const calendar = new ICAL.Component(ICAL.parse(await answer.text()));
    const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
    expect(events.map(({ summary }) => summary)).toEqual([NOTE]);
    expect(events[0]?.startDate.toJSDate().toISOString()).toBe('2026-12-01T07:30:00.000Z');
    const link = events[0]?.description ?? '';
    expect((await fetch(link)).status).toBe(200);
    expect(link).not.toContain('user_api_key');
  });

  test('a calendar program that has it already is answered 304, until something changes', async () => {
    const forum = await start();
    const alice = await forum.browserOf('alice');
    const { urls } = await json(subscribe(forum));
    const first = await fetch(urls.bookmarks);
    const headers = { 'If-None-Match': first.headers.get('etag') ?? '' };
    forum.advance(60_000);
    const again = await fetch(urls.bookmarks, { headers });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect(again.headers.get('etag')).toBe(headers['If-None-Match']);
    const bookmark = { bookmarkable_type: 'Topic', bookmarkable_id: 2, reminder_at: '2026-12-24' };
    await alice.send('POST', '/bookmarks.json', bookmark);
    const changed = await fetch(urls.bookmarks, { headers });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(headers['If-None-Match']);
  });
});
