import { json, refusalOf } from '@valetkey/test-support/responses';
import ICAL from 'ical.js';
import { describe, expect } from 'vitest';
import type { ContractSite } from './target/contract-site.ts';
import { test } from './target/contract-test.ts';

const PATH = '/calendar-subscriptions.json';
const NOTE =
  'Pears; "plums", \\n and a back\\slash: ünïcödé 🍐, long enough to be folded somewhere in the file';

const subscribe = async (site: ContractSite, body: object = {}) =>
  (await site.browserOf('alice')).send('POST', PATH, body);
const states = async (site: ContractSite) => json((await site.browserOf('alice')).get(PATH));
const unsubscribe = async (site: ContractSite) => (await site.browserOf('alice')).send('DELETE', PATH);

describe('feeds', () => {
  test('GET /calendar-subscriptions.json: lists the feeds, with when they were made and last fetched, and by whom', async ({
    site,
    clock,
  }) => {
    const never = { has_subscription: false, created_at: null, last_fetched_at: null, last_fetched_by: null };
    const feed = { name: 'bookmarks', ...never };
    expect(await states(site)).toEqual({ has_subscription: false, feeds: [feed] });
    const { urls } = await json(subscribe(site));
    clock.advance(60_000);
    await fetch(urls.bookmarks, { headers: { 'User-Agent': 'Thunderbird/128' } });
    await site.settle();
    expect(await states(site)).toEqual({
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

  test('POST /calendar-subscriptions.json: returns the URLs with the key, as https and as webcal, once', async ({
    site,
  }) => {
    const { urls, webcal_urls } = await json(subscribe(site));
    expect(urls.bookmarks).toMatch(/^https?:\/\/[^/]+\/u\/alice\/bookmarks\.ics\?user_api_key=[0-9a-f]{32}$/);
    expect(webcal_urls.bookmarks).toBe(urls.bookmarks.replace(/^https?:/, 'webcal:'));
    expect((await fetch(urls.bookmarks)).status).toBe(200);
    expect(JSON.stringify(await states(site))).not.toMatch(/[0-9a-f]{32}/);
  });

  test('POST /calendar-subscriptions.json: replaces the earlier URL of the feed', async ({ site }) => {
    const first = (await json(subscribe(site, { feed: 'bookmarks' }))).urls.bookmarks;
    const second = (await json(subscribe(site, { feed: 'bookmarks' }))).urls.bookmarks;
    expect((await fetch(first)).status).toBe(403);
    expect((await fetch(second)).status).toBe(200);
  });

  test('DELETE /calendar-subscriptions.json: returns 204, also when there is no feed', async ({ site }) => {
    expect((await unsubscribe(site)).status).toBe(204);
    const { urls } = await json(subscribe(site));
    for (let time = 0; time < 2; time += 1) expect((await unsubscribe(site)).status).toBe(204);
    expect((await fetch(urls.bookmarks)).status).toBe(403);
    expect((await states(site)).has_subscription).toBe(false);
  });

  test('/calendar-subscriptions.json: needs a session and its CSRF token; rejects keys and anonymous requests', async ({
    site,
  }) => {
    const alice = await site.browserOf('alice');
    const key = await site.issueKey('alice', 'read,write');
    for (const method of ['GET', 'POST', 'DELETE']) {
      expect(await refusalOf(site.call(key, PATH, method))).toBe('403 session_required');
      expect(await refusalOf(site.send(PATH, { method }))).toBe('403 login_required');
      if (method === 'GET') continue;
      const forged = alice.send(method, PATH, {}, { 'x-csrf-token': 'guessed' });
      expect(await refusalOf(forged)).toBe('403 csrf_invalid');
    }
    expect((await states(site)).has_subscription).toBe(false);
  });

  test('the bookmarks feed: a calendar program reads the reminders', async ({ site }) => {
    const alice = await site.browserOf('alice');
    const bookmark = { bookmarkable_type: 'Post', bookmarkable_id: 1, name: NOTE };
    await alice.send('POST', '/bookmarks.json', { ...bookmark, reminder_at: '2026-12-01T08:30:00+01:00' });
    const { urls } = await json(subscribe(site));
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

  test('the bookmarks feed: 304 for a known ETag, until something changes', async ({ site, clock }) => {
    const alice = await site.browserOf('alice');
    const { urls } = await json(subscribe(site));
    const first = await fetch(urls.bookmarks);
    const headers = { 'If-None-Match': first.headers.get('etag') ?? '' };
    clock.advance(60_000);
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
