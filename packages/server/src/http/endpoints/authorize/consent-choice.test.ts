import { readForm } from '@valetkey/test-support/page-form';
import { createTestSite, keyRequest, query } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const alice = { cookie: 'session=alice' };
const ASKED = {
  scopes: 'read,write,notifications',
  optional_scopes: 'write,notifications',
  expires_in_seconds: '864000',
  auth_redirect: null,
};

async function approve(choice: Record<string, string>, asked: Record<string, string | null> = {}) {
  const site = await createTestSite();
  const response = await site.post(
    '/user-api-key',
    { ...keyRequest({ ...ASKED, ...asked }), ...choice },
    'alice',
  );
  const [key] = await site.valetkey.keysOf('id-alice');
  return { site, response, key };
}

const current = async (site: Awaited<ReturnType<typeof createTestSite>>, key: string) =>
  (await site.get('/user-api-key/current.json', { 'User-Api-Key': key })).json();

describe('POST /user-api-key', () => {
  test('grants what the form sends, without the deselected scopes', async () => {
    const site = await createTestSite();
    const page = await (await site.get(`/user-api-key/new${query(keyRequest(ASKED))}`, alice)).text();
    const form = readForm(page, '/user-api-key');
    expect(form).toMatchObject({ granted_scopes: 'read', 'grant:write': '1', 'grant:notifications': '1' });
    const { 'grant:write': _, ...withoutWrite } = form;
    const body = new URLSearchParams(withoutWrite);
    expect((await site.send('/user-api-key', { method: 'POST', body, headers: alice })).status).toBe(200);
    const [key] = await site.valetkey.keysOf('id-alice');
    expect(key?.scopes).toEqual(['read', 'notifications']);
  });

  test('tells the app in current.json which scopes it has', async () => {
    const site = await createTestSite();
    const { key } = await site.approve({ ...ASKED, granted_scopes: 'read' });
    expect(await current(site, key)).toMatchObject({ scopes: ['read'] });
    const refused = await site.authorize(key, { name: 'posts#create' }, { method: 'POST' });
    expect(refused).toMatchObject({ kind: 'refused', refusal: { code: 'scope_insufficient' } });
  });

  test('grants all scopes without a choice', async () => {
    expect((await approve({})).key?.scopes).toEqual(['read', 'write', 'notifications']);
  });

  test.each(['', 'admin', 'write,everything', 'read,write,notifications,push'])(
    'grants no scope that was not requested, and every required one: %s',
    async (granted_scopes) => {
      const { key } = await approve({ granted_scopes, 'grant:one_time_password': '1' });
      const requested = ['read', 'write', 'notifications'];
      expect(key?.scopes).toContain('read');
      expect(requested).toEqual(expect.arrayContaining([...(key?.scopes ?? ['none'])]));
    },
  );

  test('ignores a choice if the app names no optional scope', async () => {
    const { key } = await approve({ granted_scopes: 'read' }, { optional_scopes: null });
    expect(key?.scopes).toEqual(['read', 'write', 'notifications']);
  });

  test('rejects a choice without any scope, and changes nothing (400)', async () => {
    const { response, key } = await approve({ granted_scopes: '' }, { optional_scopes: ASKED.scopes });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('no_scope_granted');
    expect(key).toBeUndefined();
  });

  test('does not make a key for links out of a narrower one', async () => {
    const asked = { scopes: 'read,bookmarks_calendar', optional_scopes: 'read' };
    const { key } = await approve({ granted_scopes: '' }, asked);
    expect(key).toMatchObject({ scopes: ['bookmarks_calendar'], isUrlKey: false });
  });

  test('sends no notifications if their scope is deselected', async () => {
    const site = await createTestSite();
    await site.valetkey.settings.set('allowed_user_api_push_urls', 'https://push.example/');
    const asked = { ...ASKED, push_url: 'https://push.example/', granted_scopes: 'read,write' };
    expect(await site.approve(asked)).toMatchObject({ push: false });
    expect((await site.valetkey.keysOf('id-alice'))[0]?.pushUrl).toBeNull();
  });

  test.each([
    ['3600', 3_600],
    ['8640000', 864_000],
    ['', 864_000],
  ])('lets the key expire at the earlier time: %s seconds chosen of 864000', async (chosen, seconds) => {
    const { site, key } = await approve({ granted_expires_in_seconds: chosen });
    expect(key?.expiresAt).toBe(site.now() + seconds * 1000);
  });

  test('adds an expiry to a request without one', async () => {
    const { site, key } = await approve(
      { granted_expires_in_seconds: '86400' },
      { expires_in_seconds: null },
    );
    expect(key?.expiresAt).toBe(site.now() + 86_400_000);
  });
});

test('GET /user-api-key/new: offers no expiry whose payload would not fit', async () => {
  const site = await createTestSite();
  const page = async (nonce: string) =>
    (await site.get(`/user-api-key/new${query(keyRequest({ nonce, padding: 'oaep' }))}`, alice)).text();
  expect(await page('n')).toContain('granted_expires_in_seconds');
  expect(await page('n'.repeat(140))).not.toContain('granted_expires_in_seconds');
});

test('GET /user-api-key/new: marks the scopes that the replaced key does not have', async () => {
  const site = await createTestSite();
  await site.approve({ scopes: 'read' });
  const page = await (
    await site.get(`/user-api-key/new${query(keyRequest({ scopes: 'read,write' }))}`, alice)
  ).text();
  expect(page.match(/class="badge">New/g)).toHaveLength(1);
});

test('GET /user-api-key/new: links to the sign-in of another account, which returns here', async () => {
  const site = await createTestSite({
    site: { switchAccountUrl: (returnTo) => `/switch?return_to=${encodeURIComponent(returnTo)}` },
  });
  const path = `/user-api-key/new${query(keyRequest())}`;
  const page = await (await site.get(path, alice)).text();
  expect(page).toContain(`href="/switch?return_to=${encodeURIComponent(path)}"`);
});

test.each([
  ['/avatar/{size}.png', true],
  ['https://forum.example/avatar/{size}.png', true],
  ['https://cdn.example/avatar/{size}.png', false],
  ['//cdn.example/{size}.png', false],
  ['javascript:alert(1)', false],
])('GET /user-api-key/new: shows the avatar %s only from this site', async (avatarTemplate, isShown) => {
  const site = await createTestSite();
  site.changeUser('alice', { avatarTemplate });
  const page = await (await site.get(`/user-api-key/new${query(keyRequest())}`, alice)).text();
  expect(page.includes('<img class="avatar"')).toBe(isShown);
  expect(page).not.toContain('cdn.example');
});
