import { createTestSite, type TestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const calendar = { name: 'users#bookmarks', format: 'ics' };

function inUrl(
  site: TestSite,
  key: string,
  route: { name: string; format?: string },
  init: RequestInit = {},
) {
  const request = new Request(`https://forum.example/u/alice/bookmarks.ics?user_api_key=${key}`, init);
  return site.valetkey.authorize(request, route, { ipAddress: '192.0.2.1' });
}

async function codeOf(outcome: ReturnType<typeof inUrl>) {
  const it = await outcome;
  return it.kind === 'refused' ? ((await (await it.response()).json()) as { code: string }).code : it.kind;
}

describe('keys in URLs', () => {
  const site = () => createTestSite();

  test('are recognized if the parameter name is percent-encoded, and conflict with any other key', async () => {
    const it = await site();
    const { key } = await it.approve({ scopes: 'bookmarks_calendar' });
    const open = (query: string, headers: HeadersInit = {}) => {
      const request = new Request(`https://forum.example/u/alice/bookmarks.ics?${query}`, { headers });
      return codeOf(it.valetkey.authorize(request, calendar, { ipAddress: '192.0.2.1' }));
    };
    for (const name of ['user%5Fapi_key', 'user%5fapi%5Fkey', '%75ser_api_key']) {
      expect(await open(`${name}=${key}`)).toBe('key');
      expect(await open(`${name}=${key}`, { 'User-Api-Key': key })).toBe('credentials_conflict');
      expect(await open(`user_api_key=${key}&${name}=${key}`)).toBe('credentials_conflict');
    }
    for (const name of ['USER_API_KEY', 'user_api_key[]', 'user-api-key'])
      expect(await open(`${name}=${key}`)).toBe('key_in_wrong_place');
  });

  test('are rejected on all other routes, with the place where the key belongs', async () => {
    const it = await site();
    const { key } = await it.approve({ scopes: 'bookmarks_calendar' });
    for (const route of [
      { name: 'list#latest' },
      { name: 'users#bookmarks', format: 'json' },
      { name: 'users#bookmarks' },
    ]) {
      expect(await codeOf(inUrl(it, key, route))).toBe('key_in_wrong_place');
    }
    expect(await codeOf(inUrl(it, key, calendar, { method: 'POST' }))).toBe('key_in_wrong_place');
  });
});
