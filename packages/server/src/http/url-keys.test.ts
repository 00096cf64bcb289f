import { ask, createTestSite, query, stores, type TestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const calendar = { name: 'users#bookmarks', format: 'ics' };

function inUrl(
  site: TestSite,
  key: string,
  route: { name: string; format?: string },
  init: RequestInit = {},
) {
  const request = new Request(`https://forum.example/u/alice/bookmarks.ics?user_api_key=${key}`, init);
  return site.valetkey.guard(request, route, { ipAddress: '192.0.2.1' });
}

async function codeOf(outcome: ReturnType<typeof inUrl>) {
  const it = await outcome;
  return it.kind === 'refused' ? ((await it.response.json()) as { code: string }).code : it.kind;
}

describe.each(Object.entries(stores))('keys in a URL on %s', (_name, createStore) => {
  const site = () => createTestSite({ store: createStore() });

  test('a calendar key opens its one route from a query, privately', async () => {
    const it = await site();
    const { key } = await it.approve({ scopes: 'bookmarks_calendar' });
    const outcome = await inUrl(it, key, calendar);
    expect(outcome).toMatchObject({ kind: 'key', principal: { user: { username: 'alice' } } });
    expect(outcome.kind === 'key' && outcome.headers).toMatchObject({
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'private',
    });
    expect((await it.guard(key, calendar)).kind).toBe('key');
  });

  test('a key is one also where the name of its parameter was escaped, and never beside another', async () => {
    const it = await site();
    const { key } = await it.approve({ scopes: 'bookmarks_calendar' });
    const open = (query: string, headers: HeadersInit = {}) => {
      const request = new Request(`https://forum.example/u/alice/bookmarks.ics?${query}`, { headers });
      return codeOf(it.valetkey.guard(request, calendar, { ipAddress: '192.0.2.1' }));
    };
    for (const name of ['user%5Fapi_key', 'user%5fapi%5Fkey', '%75ser_api_key']) {
      expect(await open(`${name}=${key}`)).toBe('key');
      expect(await open(`${name}=${key}`, { 'User-Api-Key': key })).toBe('credentials_conflict');
      expect(await open(`user_api_key=${key}&${name}=${key}`)).toBe('credentials_conflict');
    }
    for (const name of ['USER_API_KEY', 'user_api_key[]', 'user-api-key'])
      expect(await open(`${name}=${key}`)).toBe('anonymous');
  });

  test('the person is told that the key may be part of a link', async () => {
    const it = await site();
    const page = async (scopes: string) =>
      (await it.get(`/user-api-key/new${query(ask({ scopes }))}`, { cookie: 'session=alice' })).text();
    expect(await page('bookmarks_calendar')).toContain('May be in a link');
    expect(await page('bookmarks_calendar,read')).not.toContain('May be in a link');
  });

  test.each(['read', 'write', 'bookmarks_calendar,read', 'bookmarks_calendar,push'])(
    'a key with %s does not open it from a query, though its header might',
    async (scopes) => {
      const it = await site();
      const { key } = await it.approve({ scopes });
      expect(await codeOf(inUrl(it, key, calendar))).toBe('key_not_allowed_in_url');
    },
  );

  test('on every other route the parameter authenticates nobody', async () => {
    const it = await site();
    const { key } = await it.approve({ scopes: 'bookmarks_calendar' });
    for (const route of [
      { name: 'list#latest' },
      { name: 'users#bookmarks', format: 'json' },
      { name: 'users#bookmarks' },
    ]) {
      expect((await inUrl(it, key, route)).kind).toBe('anonymous');
    }
    expect((await inUrl(it, key, calendar, { method: 'POST' })).kind).toBe('anonymous');
  });

  test('a wrong key is refused with the same privacy, and two keys are a conflict', async () => {
    const it = await site();
    const { key } = await it.approve({ scopes: 'bookmarks_calendar' });
    const refused = await inUrl(it, 'f'.repeat(32), calendar);
    expect(refused.kind === 'refused' && refused.response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await codeOf(inUrl(it, 'f'.repeat(32), calendar))).toBe('key_unknown');
    expect(await codeOf(inUrl(it, `${key}&user_api_key=${key}`, calendar))).toBe('credentials_conflict');
    const both = await inUrl(it, key, calendar, { headers: { 'User-Api-Key': key } });
    expect(both.kind === 'refused' && both.response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await codeOf(Promise.resolve(both))).toBe('credentials_conflict');
  });
});
