import { newKey } from '@valetkey/conformance/fixtures';
import { reply } from '@valetkey/test-support/site/push-site';
import { createTestSite, stores } from '@valetkey/test-support/site/test-site';
import { describe, expect, test, vi } from 'vitest';

const PATH = '/u/alice/preferences/apps';
const alice = { cookie: 'session=alice' };

test('the apps page: lists active keys with scopes, creation, and last use with IP address', async () => {
  const site = await createTestSite();
  const { key } = await site.approve({
    application_name: 'Plum Reader',
    scopes: 'read,push',
    expires_in_seconds: '172800',
  });
  site.advance(86_400_000);
  await site.authorize(
    key,
    { name: 'list#latest' },
    { headers: { 'User-Api-Key': key, 'User-Agent': 'plum/1.0' } },
  );
  const page = (await (await site.get(PATH, alice)).text()).replace(/\s+/g, ' ');
  for (const words of [
    'Plum Reader',
    'Read everything you can read',
    'November 23, 2026 (UTC)',
    'now</time>, from <bdi>192.0.2.1</bdi> with <bdi>plum/1.0</bdi>',
    'November 25, 2026 at 12:00 PM UTC',
  ]) {
    expect(page).toContain(words);
  }
});

test('the apps page: restores a revoked key, but not a replaced or expired one', async () => {
  const site = await createTestSite();
  await site.approve({ application_name: 'Replaced' });
  await site.approve({ application_name: 'Revoked by hand' });
  await site.approve({ application_name: 'Short-lived', client_id: 'c2', expires_in_seconds: '60' });
  const revoke = async (name: string) => {
    const id = (await site.valetkey.keysOf('id-alice')).find((key) => key.applicationName === name)?.id;
    await site.post('/user-api-key/revoke', { id: String(id) }, 'alice');
  };
  await revoke('Revoked by hand');
  await revoke('Short-lived');
  site.advance(61_000);
  await site.approve({ application_name: 'Came again', client_id: 'c3' });
  await revoke('Came again');
  await site.approve({ application_name: 'Came again', client_id: 'c3' });
  const page = await (await site.get(PATH, alice)).text();
  expect(page).toContain('aria-label="Undo: Revoked by hand"');
  expect(page).not.toContain('Replaced');
  expect(page).not.toContain('Short-lived');
  expect(page).not.toContain('aria-label="Undo: Came again"');
  site.advance(7 * 86_400_000);
  expect(await (await site.get(PATH, alice)).text()).not.toContain('Undo');
});

test('the apps page: requires the user’s own session', async () => {
  const site = await createTestSite();
  const { key } = await site.approve({ scopes: 'write' });
  expect((await site.get(PATH)).headers.get('location')).toBe(`/login?return_to=${encodeURIComponent(PATH)}`);
  expect((await site.get(PATH, { cookie: 'session=bob' })).status).toBe(403);
  expect((await site.get(PATH, { cookie: 'session=admin' })).status).toBe(403);
  expect((await site.get(PATH, { ...alice, 'User-Api-Key': key })).status).toBe(403);
  expect((await site.get('/u/%E0%A4%A/preferences/apps', alice)).status).toBe(403);
});

test('the apps page: escapes hostile names, IP addresses and user agents', async () => {
  const site = await createTestSite();
  const hostile = '<img src=x onerror=alert(1)>';
  const { key } = await site.approve({ application_name: hostile });
  await site.authorize(
    key,
    { name: 'list#latest' },
    { headers: { 'User-Api-Key': key, 'User-Agent': hostile } },
  );
  expect(await (await site.get(PATH, alice)).text()).not.toContain('<img');
});

test('apps page: says that the daily job revoked an unused key, which only an admin restores', async () => {
  const site = await createTestSite();
  const { key } = await site.approve({ application_name: 'Plum Reader' });
  site.advance(181 * 86_400_000);
  await site.valetkey.runDailyJobs();
  const page = await (await site.get(PATH, alice)).text();
  expect(page).toMatch(/Revoked <time[^>]*>now<\/time>, because it was not used\./);
  expect(page).not.toContain('aria-label="Undo: Plum Reader"');
  await site.post('/user-api-key/undo-revoke', { id: '1' }, 'admin');
  expect((await site.authorize(key, { name: 'list#latest' })).kind).toBe('key');
});

describe.each(Object.entries(stores))('a user with 2,000 revoked keys on %s', (_name, createStore) => {
  test('page, feeds and pushes only load active keys', async () => {
    const store = createStore();
    const site = await createTestSite({ store });
    await site.valetkey.settings.set('allowed_user_api_push_urls', 'https://push.example/a');
    const oldKey = { userId: 'id-alice', createdAt: site.now() - 30 * 86_400_000 };
    for (let count = 0; count <= 2_000; count += 1) await store.replaceKey(newKey(oldKey));
    await site.approve({ application_name: 'Plum Reader' });
    await store.replaceKey(newKey({ userId: 'id-alice', kind: 'feed', clientId: 'bookmarks' }));
    const listing = vi.spyOn(store, 'listKeys');
    expect(await (await site.get(PATH, alice)).text()).toContain('Plum Reader');
    expect(await site.valetkey.keysOf('id-alice')).toHaveLength(2);
    const feeds = await site.get('/calendar-subscriptions.json', alice);
    expect(await feeds.json()).toMatchObject({ has_subscription: true });
    await site.valetkey.notify('id-alice', reply);
    const lengths = await Promise.all(listing.mock.results.map(async ({ value }) => (await value).length));
    expect(lengths.length).toBe(4);
    // Also one more, because the key that the approval has just replaced is compared with those of the week.
    expect(Math.max(...lengths)).toBeLessThanOrEqual(3);
  });
});
