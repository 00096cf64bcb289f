import { refusalOf } from '@valetkey/test-support/responses';
import { createTestSite, csrfOf, type TestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const PATH = '/calendar-subscriptions.json';
const calendar = { name: 'users#bookmarks', format: 'ics' };
const alice = { cookie: 'session=alice' };

interface Addresses {
  urls: Record<string, string>;
  webcal_urls: Record<string, string>;
}

const subscribe = async (site: TestSite, feed?: string, as = 'alice') =>
  (await (await site.post(PATH, feed === undefined ? {} : { feed }, as)).json()) as Addresses;

const fetchFeed = (site: TestSite, url: string | undefined, agent = 'Thunderbird/128') =>
  site.valetkey.authorize(new Request(url ?? '', { headers: { 'User-Agent': agent } }), calendar, {
    ipAddress: '198.51.100.7',
  });

const list = async (site: TestSite) =>
  (await (await site.get(PATH, alice)).json()) as { has_subscription: boolean; feeds: object[] };

const remove = (site: TestSite, query = '', headers: Record<string, string> = {}) =>
  site.send(PATH + query, {
    method: 'DELETE',
    headers: { ...alice, 'X-CSRF-Token': csrfOf('alice'), ...headers },
  });

/** Two feeds with one scope each, as on a site with more than a calendar. */
const twoFeeds = {
  scopes: {
    bookmarks_calendar: {
      sentence: 'Bookmarks',
      permissions: [{ methods: ['GET'], route: 'users#bookmarks', formats: ['ics'], isAllowedInUrl: true }],
    },
    read: { sentence: 'Read', permissions: [{ methods: ['GET'], route: '*', isAllowedInUrl: true }] },
  },
  feeds: {
    one: { scope: 'bookmarks_calendar', path: () => '/one.ics', sentence: 'One' },
    two: { scope: 'bookmarks_calendar', path: () => '/two.ics?all=1', sentence: 'Two' },
    everything: { scope: 'read', path: () => '/latest.rss', sentence: 'Everything' },
  },
} as const;

describe('/calendar-subscriptions.json', () => {
  const createSite = (options: Parameters<typeof createTestSite>[0] = {}) => createTestSite(options);

  test.each(['%0A', '%20', '%0D%0A', '+', '%09'])('feed URL: accepts a trailing %s', async (end) => {
    const site = await createSite();
    const { urls } = await subscribe(site);
    expect((await fetchFeed(site, `${urls.bookmarks}${end}`)).kind).toBe('key');
  });

  test('a feed URL permits nothing else', async () => {
    const site = await createSite();
    const { urls } = await subscribe(site);
    const key = new URL(urls.bookmarks ?? '').searchParams.get('user_api_key') ?? '';
    expect((await site.authorize(key, { name: 'list#latest', format: 'json' })).kind).toBe('refused');
    const other = await site.valetkey.authorize(
      new Request(`https://forum.example/latest.json?user_api_key=${key}`),
      { name: 'list#latest', format: 'json' },
      { ipAddress: '198.51.100.7' },
    );
    expect(other).toMatchObject({ kind: 'refused', refusal: { code: 'key_in_wrong_place' } });
  });

  test('resetting one feed revokes its earlier URL, and no other', async () => {
    const site = await createSite(twoFeeds);
    const { urls: first } = await subscribe(site);
    expect(Object.keys(first)).toEqual(['one', 'two']);
    expect(first.two).toMatch(/\/two\.ics\?all=1&user_api_key=/);
    const { urls: second } = await subscribe(site, 'one');
    expect(Object.keys(second)).toEqual(['one']);
    expect((await fetchFeed(site, first.one)).kind).toBe('refused');
    expect((await fetchFeed(site, second.one)).kind).toBe('key');
    expect((await fetchFeed(site, first.two)).kind).toBe('key');
  });

  test('removing one feed revokes one URL, removing all revokes all, and removing none is no error', async () => {
    const site = await createSite(twoFeeds);
    expect((await remove(site)).status).toBe(204);
    const { urls } = await subscribe(site);
    expect((await remove(site, '?feed=one')).status).toBe(204);
    expect((await fetchFeed(site, urls.one)).kind).toBe('refused');
    expect((await fetchFeed(site, urls.two)).kind).toBe('key');
    expect((await remove(site)).status).toBe(204);
    expect((await fetchFeed(site, urls.two)).kind).toBe('refused');
  });

  test('the feeds of a user are separate from other users’ feeds', async () => {
    const site = await createSite();
    const mine = await subscribe(site);
    const theirs = await subscribe(site, undefined, 'bob');
    await remove(site);
    expect((await fetchFeed(site, mine.urls.bookmarks)).kind).toBe('refused');
    expect((await fetchFeed(site, theirs.urls.bookmarks)).kind).toBe('key');
  });

  test('a client with the name of a feed does not replace its key', async () => {
    const site = await createSite();
    const { urls } = await subscribe(site);
    await site.approve({ client_id: 'bookmarks', scopes: 'bookmarks_calendar' });
    expect((await fetchFeed(site, urls.bookmarks)).kind).toBe('key');
    expect((await list(site)).has_subscription).toBe(true);
  });

  test('the store contains no key, and the user can restore a removed URL', async () => {
    const site = await createSite();
    const { urls } = await subscribe(site);
    const key = new URL(urls.bookmarks ?? '').searchParams.get('user_api_key') ?? '';
    const records = await site.store.listKeys('id-alice');
    expect(JSON.stringify(records)).not.toContain(key);
    await remove(site);
    await site.post('/user-api-key/undo-revoke', { id: String(records[0]?.id) }, 'alice');
    expect((await fetchFeed(site, urls.bookmarks)).kind).toBe('key');
  });
});

describe('/calendar-subscriptions.json: rejects', () => {
  test('every key, also beside the user’s cookie', async () => {
    const site = await createTestSite();
    const { key } = await site.approve({ scopes: 'write' });
    for (const header of [{ 'User-Api-Key': key }, { 'Api-Key': 'f'.repeat(64) }]) {
      expect(await refusalOf(site.get(PATH, { ...alice, ...header }))).toBe('403 session_required');
      expect(await refusalOf(site.post(PATH, {}, 'alice', header))).toBe('403 session_required');
      expect(await refusalOf(remove(site, '', header))).toBe('403 session_required');
    }
    expect((await site.valetkey.keysOf('id-alice')).length).toBe(1);
  });

  test('requests without session, and the form of another site', async () => {
    const site = await createTestSite();
    await subscribe(site);
    expect(await refusalOf(site.get(PATH))).toBe('403 login_required');
    expect(await refusalOf(site.post(PATH, {}, null))).toBe('403 login_required');
    expect(await refusalOf(site.post(PATH, {}, null, alice))).toBe('403 csrf_invalid');
    expect(await refusalOf(remove(site, '', { 'X-CSRF-Token': csrfOf('bob') }))).toBe('403 csrf_invalid');
    expect(
      await refusalOf(remove(site, `?authenticity_token=${csrfOf('alice')}`, { 'X-CSRF-Token': '' })),
    ).toBe('403 csrf_invalid');
    expect((await list(site)).has_subscription).toBe(true);
  });

  test('new feeds if the setting forbids them; existing ones work and can be removed', async () => {
    const site = await createTestSite();
    const { urls } = await subscribe(site);
    await site.valetkey.settings.set('allow_personal_user_api_keys', 'none');
    expect(await refusalOf(site.post(PATH, {}, 'alice'))).toBe('403 personal_keys_disabled');
    expect((await fetchFeed(site, urls.bookmarks)).kind).toBe('key');
    expect((await remove(site)).status).toBe(204);
    expect((await list(site)).has_subscription).toBe(false);
    await site.valetkey.settings.set('allow_personal_user_api_keys', 'all');
    await site.valetkey.settings.set('allow_user_api_keys', false);
    expect(await refusalOf(site.post(PATH, {}, 'alice'))).toBe('403 user_api_keys_disabled');
  });

  test('suspended users, and those who may not approve clients', async () => {
    const site = await createTestSite();
    expect(await refusalOf(site.post(PATH, {}, 'sam'))).toBe('403 user_suspended');
    await site.valetkey.settings.set('user_api_key_allowed_groups', 'trust_level_1');
    expect(await refusalOf(site.post(PATH, {}, 'bob'))).toBe('403 group_not_allowed');
  });

  test('an unknown name', async () => {
    const site = await createTestSite();
    for (const feed of ['', 'Bookmarks', '__proto__', 'constructor', '<b>']) {
      expect(await refusalOf(site.post(PATH, { feed }, 'alice'))).toBe('404 feed_unknown');
      expect(await refusalOf(remove(site, `?feed=${encodeURIComponent(feed)}`))).toBe('404 feed_unknown');
    }
    expect((await list(site)).has_subscription).toBe(false);
  });

  test('a feed whose scope has more than one route or is not allowed', async () => {
    const site = await createTestSite(twoFeeds);
    expect(await refusalOf(site.post(PATH, { feed: 'everything' }, 'alice'))).toBe('403 feed_not_available');
    await site.valetkey.settings.set('allow_user_api_key_scopes', 'read');
    expect(await refusalOf(site.post(PATH, { feed: 'one' }, 'alice'))).toBe('403 feed_not_available');
    expect(await refusalOf(site.post(PATH, {}, 'alice'))).toBe('403 feed_not_available');
    expect(await site.store.listKeys('id-alice')).toEqual([]);
  });
});
