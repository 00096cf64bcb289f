import { expect, test } from 'vitest';
import { asApp, createTestForum, json } from './test-forum.ts';

const SETTINGS = '/admin/user-api-key-settings';
const KEYS = '/admin/api/keys';
const pages = [
  '/admin/user-api-keys',
  SETTINGS,
  KEYS,
  `${KEYS}/new`,
  '/admin/user-api-key-clients',
  '/admin/user-api-key-audit',
];

test('header of every page: links to the admin pages for admins only', async () => {
  const { signedIn, fetch } = await createTestForum();
  const link = 'href="/admin/user-api-keys"';
  expect(await (await (await signedIn('admin')).get('/categories')).text()).toContain(link);
  for (const username of ['alice', 'mona'])
    expect(await (await (await signedIn(username)).get('/categories')).text()).not.toContain(link);
  expect(await (await fetch('/categories')).text()).not.toContain(link);
});

test.each(pages)(
  'GET %s: serves admins, rejects moderators and keys, redirects visitors to the sign-in page',
  async (path) => {
    const { signedIn, fetch, issueKey } = await createTestForum();
    expect((await (await signedIn('admin')).get(path)).status).toBe(200);
    expect((await (await signedIn('mona')).get(path)).status).toBe(403);
    const stranger = await fetch(path);
    expect(stranger.headers.get('location')).toBe(`/login?return_to=${encodeURIComponent(path)}`);
    const key = await issueKey('admin', 'read,write');
    const answer = await fetch(path, asApp(key));
    expect(answer.status).toBe(403);
    expect(answer.headers.has('set-cookie')).toBe(false);
  },
);

test('settings form: a saved setting applies to the next request and appears in /admin/site_settings.json', async () => {
  const { signedIn, fetch } = await createTestForum();
  const admin = await signedIn('admin');
  const saved = await admin.submit(SETTINGS, { 'was:allow_user_api_keys': 'true' });
  expect(saved.status).toBe(200);
  expect((await fetch('/user-api-key/new', { method: 'HEAD' })).status).toBe(404);
  const { site_settings } = await json(admin.get('/admin/site_settings.json'));
  expect(site_settings).toContainEqual(
    expect.objectContaining({ setting: 'allow_user_api_keys', value: 'false' }),
  );
});

test('settings form: rejects a submission without a CSRF token', async () => {
  const { signedIn, forum } = await createTestForum();
  const admin = await signedIn('admin');
  const forged = { authenticity_token: '', description: 'x', scope_mode: 'global', 'was:cors_origins': '' };
  const clientForms = ['delete', 'allow-redirect'].map((form) => `/admin/user-api-key-clients/${form}`);
  for (const path of [SETTINGS, KEYS, `${SETTINGS}/check`, ...clientForms])
    expect(
      (await admin.submit(path, { ...forged, 'value:cors_origins': 'https://evil.example' })).status,
    ).toBe(403);
  expect(forum.valetkey.settings.current().cors_origins).toEqual([]);
  expect(await json(admin.get(`${KEYS}.json`))).toEqual({ keys: [], more: null });
});

test('admin key form: issues a key that acts for the user named in the form', async () => {
  const { signedIn, fetch } = await createTestForum();
  const admin = await signedIn('admin');
  const form = { description: 'Export', username: 'alice', scope_mode: 'read_only' };
  const page = await (await admin.submit(KEYS, form)).text();
  const [, key = ''] = /'Api-Key: ([0-9a-f]{64})'/.exec(page.replaceAll('&#39;', "'")) ?? [];
  const headers = { 'Api-Key': key, 'Api-Username': 'alice' };
  expect((await fetch('/latest.json', { headers })).status).toBe(200);
  expect((await fetch('/posts.json', { method: 'POST', headers })).status).toBe(403);
});
