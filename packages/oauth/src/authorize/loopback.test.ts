import { expect, test } from 'vitest';
import { createOauthSite } from '../test-support/oauth-site.ts';
import { open } from '../test-support/open-authorization.ts';

const LOOPBACK = 'http://127.0.0.1:4000/callback';
const SENTENCE = 'Never copy the address';

test('the consent page of a loopback redirect says what to do if the app runs elsewhere, and no other page does', async () => {
  const site = await createOauthSite();
  const pageOf = async (changes: Record<string, string> = {}) =>
    (await open(site, site.asks(changes))).response.text();
  expect(await pageOf({ redirect_uri: LOOPBACK })).toContain(SENTENCE);
  expect(await pageOf()).not.toContain(SENTENCE);
});

test('the code is in the redirect only: in no page, with no referrer, and not in a cache', async () => {
  const site = await createOauthSite();
  const form = { ...site.asks({ redirect_uri: LOOPBACK }), shown_scopes: 'read write' };
  const response = await site.post('/oauth/consent', form, 'alice');
  const location = new URL(response.headers.get('location') ?? '');
  expect([response.status, location.origin]).toEqual([303, 'http://127.0.0.1:4000']);
  expect(location.searchParams.get('code')).toMatch(/^[\w-]{43}$/);
  expect(await response.text()).toBe('');
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
  });
});
