import { keyRequest, open, query } from '@valetkey/test-support/app-request';
import { json } from '@valetkey/test-support/responses';
import { describe, expect } from 'vitest';
import { openOneTimePassword } from './open-one-time-password.ts';
import type { ContractSite } from './target/contract-site.ts';
import type { SettingsControl } from './target/contract-target.ts';
import { test } from './target/contract-test.ts';

const NONCE = 'a-nonce-that-nobody-else-has';
const WISH = { key: { description: 'Export', username: null, scope_mode: 'global' } };

/** Makes one secret of each kind, uses and misuses them, and returns them. */
async function useEverything(site: ContractSite, settings: SettingsControl): Promise<Record<string, string>> {
  await settings.set('allowed_user_api_auth_redirects', 'https://app.example/cb');
  const [alice, admin] = [await site.browserOf('alice'), await site.browserOf('admin')];
  const request = keyRequest({ nonce: NONCE, scopes: 'read,one_time_password', padding: 'oaep' });
  const address = `/user-api-key/new${query(request)}`;
  expect((await site.send(address)).status).toBe(302);
  expect((await alice.get(address)).status).toBe(200);
  const called = (await alice.submit('/user-api-key', request)).headers.get('location') ?? '';
  const payload = new URL(called).searchParams.get('payload') ?? '';
  const { key } = open(payload, 'oaep');
  const password = openOneTimePassword(called, 'oaep');
  const { urls } = await json(alice.send('POST', '/calendar-subscriptions.json'));
  const urlKey = new URL(urls.bookmarks).searchParams.get('user_api_key') ?? '';
  const adminKey = (await json(admin.send('POST', '/admin/api/keys.json', WISH))).key.key;
  expect([key, password, urlKey].every((secret) => /^[0-9a-f]{32}$/.test(secret))).toBe(true);

  expect((await fetch(urls.bookmarks)).status).toBe(200);
  expect((await site.call(key, '/latest.json')).status).toBe(200);
  const asAdmin = { headers: { 'Api-Key': adminKey, 'Api-Username': 'alice' } };
  expect((await site.send('/latest.json', asAdmin)).status).toBe(200);
  for (const presented of [payload, adminKey, urlKey]) await site.call(presented, '/latest.json');
  for (const path of ['/no/such/route', '/latest.json', '/u/alice/bookmarks.ics'])
    await site.send(`${path}?user_api_key=${key}&payload=${encodeURIComponent(payload)}`);
  expect((await site.send(`/session/otp/${password}`)).status).toBe(200);
  await site.send(`/session/otp/${password}`, { method: 'POST' });
  const someone = site.newBrowser();
  await someone.fetchCsrfToken();
  expect((await someone.submit(`/session/otp/${password}`, {})).status).toBe(303);
  await site.call(key, '/user-api-key/revoke', 'POST');
  return { key, payload, password, urlKey, adminKey, nonce: NONCE };
}

describe('secrets', () => {
  test('audit and pages: show no key, payload, one-time password or nonce again', async ({
    site,
    settings,
  }) => {
    const secrets = await useEverything(site, settings);
    const [alice, admin] = [await site.browserOf('alice'), await site.browserOf('admin')];
    const answers = [
      alice.get('/u/alice.json'),
      alice.get('/u/alice/preferences/apps'),
      alice.get('/u/alice/preferences/feeds'),
      alice.get('/calendar-subscriptions.json'),
      admin.get('/admin/user-api-key-audit.json'),
      admin.get('/admin/user-api-key-audit'),
      admin.get('/admin/api/keys.json'),
      admin.get('/admin/site_settings.json'),
    ];
    for (const answer of await Promise.all(answers)) {
      expect(answer.status).toBe(200);
      const text = await answer.text();
      for (const [name, secret] of Object.entries(secrets))
        expect([name, text.includes(secret)]).toEqual([name, false]);
    }
  });
});
