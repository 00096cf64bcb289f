import { createTestSite, type TestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const PATH = '/u/alice/preferences/feeds';
const alice = { cookie: 'session=alice' };

const pageText = async (response: Response | Promise<Response>) =>
  (await (await response).text()).replace(/\s+/g, ' ');

const subscribe = (site: TestSite, as = 'alice') =>
  pageText(site.post('/calendar-subscriptions', { feed: 'bookmarks' }, as));

const addressOn = (page: string) => />(https:\/\/[^<]+user_api_key=[0-9a-f]{32})</.exec(page)?.[1] ?? '';

const fetchFeed = (site: TestSite, url: string, agent = 'Thunderbird/128') =>
  site.valetkey.authorize(
    new Request(url, { headers: { 'User-Agent': agent } }),
    { name: 'users#bookmarks', format: 'ics' },
    { ipAddress: '198.51.100.7' },
  );

describe('the feeds page', () => {
  const createSite = () => createTestSite();

  test('creates a URL, shown once with a link for calendar programs', async () => {
    const site = await createSite();
    expect(await pageText(site.get(PATH, alice))).toContain(
      'aria-label="Subscribe: Calendar of your bookmarks"',
    );
    const response = await site.post('/calendar-subscriptions', { feed: 'bookmarks' }, 'alice');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const made = await pageText(response);
    const address = addressOn(made);
    expect(made).toContain(`href="${address.replace('https:', 'webcal:')}"`);
    const webcal = new URLSearchParams({ cid: address.replace('https:', 'webcal:') });
    expect(made).toContain(`href="https://calendar.google.com/calendar/render?${webcal}" rel="noreferrer"`);
    const outlook = new URLSearchParams({ url: address });
    expect(made).toContain(
      `href="https://outlook.live.com/calendar/0/addfromweb?${outlook}" rel="noreferrer"`,
    );
    expect((await fetchFeed(site, address)).kind).toBe('key');
    const key = new URL(address).searchParams.get('user_api_key') ?? '';
    for (const path of [PATH, '/u/alice/preferences/apps']) {
      expect(await pageText(site.get(path, alice))).not.toContain(key);
    }
  });

  test('shows when a URL was created, and its last use with IP address and user agent', async () => {
    const site = await createSite();
    const address = addressOn(await subscribe(site));
    expect(await pageText(site.get(PATH, alice))).toContain('<dd>never</dd>');
    site.advance(86_400_000);
    await fetchFeed(site, address);
    const page = await pageText(site.get(PATH, alice));
    expect(page).toContain('November 23, 2026 (UTC)');
    expect(page).toContain('now</time>, from <bdi>198.51.100.7</bdi> with <bdi>Thunderbird/128</bdi>');
    expect(page).toContain('aria-label="Reset: Calendar of your bookmarks"');
  });

  test('Remove revokes the URL, without script', async () => {
    const site = await createSite();
    const address = addressOn(await subscribe(site));
    const page = await pageText(site.get(PATH, alice));
    const [, action, id] =
      /action="([^"]+)">(?:(?!<form).)*name="id" value="(\d+)"(?:(?!<form).)*Remove/.exec(page) ?? [];
    expect(await pageText(site.post(action ?? '', { id: id ?? '' }, 'alice'))).toContain(
      'The URL of the feed “<bdi>Calendar of your bookmarks</bdi>” no longer works.',
    );
    expect((await fetchFeed(site, address)).kind).toBe('refused');
    expect(await pageText(site.get(PATH, alice))).toContain('aria-label="Subscribe');
  });

  test('the apps page shows a feed as such, and links to this page', async () => {
    const site = await createSite();
    await subscribe(site);
    const page = await pageText(site.get('/u/alice/preferences/apps', alice));
    expect(page).toContain('<h2><bdi>Calendar of your bookmarks</bdi></h2> <span class="kind">Feed</span>');
    expect(page).toContain('aria-label="Remove Calendar of your bookmarks"');
    expect(page).toContain(`href="${PATH}"`);
  });
});

describe('the feeds page: access', () => {
  test('requires the user’s own session', async () => {
    const site = await createTestSite();
    const { key } = await site.approve({ scopes: 'write' });
    expect((await site.get(PATH)).headers.get('location')).toBe(
      `/login?return_to=${encodeURIComponent(PATH)}`,
    );
    expect((await site.get(PATH, { cookie: 'session=bob' })).status).toBe(403);
    expect((await site.get(PATH, { cookie: 'session=admin' })).status).toBe(403);
    expect((await site.get(PATH, { ...alice, 'User-Api-Key': key })).status).toBe(403);
  });

  test('offers no new URL if feeds are off, but still removes', async () => {
    const site = await createTestSite();
    await subscribe(site);
    await site.valetkey.settings.set('allow_personal_user_api_keys', 'none');
    const page = await pageText(site.get(PATH, alice));
    expect(page).toContain('This site creates no new feed URLs at present.');
    expect(page).toContain('aria-label="Remove');
    expect(page).not.toContain('aria-label="Reset');
    await site.valetkey.settings.set('allow_personal_user_api_keys', 'feeds');
    await site.valetkey.settings.set('allow_user_api_key_scopes', 'read');
    expect(await pageText(site.get(PATH, alice))).not.toContain('aria-label="Reset');
  });

  test('escapes hostile users, feeds and user agents', async () => {
    const hostile = '"><img src=x onerror=alert(1)>';
    const site = await createTestSite({
      feeds: {
        bookmarks: { scope: 'bookmarks_calendar', path: (name) => `/u/${name}/b.ics`, sentence: hostile },
      },
    });
    site.changeUser('alice', { username: hostile });
    const made = await subscribe(site);
    await fetchFeed(site, addressOn(made), hostile);
    const pages = ['feeds', 'apps'].map((page) =>
      pageText(site.get(`/u/${encodeURIComponent(hostile)}/preferences/${page}`, alice)),
    );
    for (const page of [made, ...(await Promise.all(pages))]) {
      expect(page).toContain('&lt;img');
      expect(page).not.toContain('<img');
    }
  });

  test('rejects the form of another site', async () => {
    const site = await createTestSite();
    const response = await site.post('/calendar-subscriptions', { feed: 'bookmarks' }, null, alice);
    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain('user_api_key=');
  });
});
