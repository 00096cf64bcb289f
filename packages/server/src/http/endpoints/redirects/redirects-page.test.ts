import { HOSTILE, hasHostileMarkup, readForm } from '@valetkey/test-support/page-form';
import { createAdminSite } from '@valetkey/test-support/site/admin-site';
import { keyRequest } from '@valetkey/test-support/site/test-site';
import { expect, test } from 'vitest';

const PATH = '/admin/user-api-key-redirects';
const admin = { cookie: 'session=admin' };

async function openSite() {
  const site = await createAdminSite();
  const { settings } = site.valetkey;
  await settings.set('allowed_user_api_auth_redirects', 'https://app.example/*|myapp://callback');
  const approve = (auth_redirect: string, application_name: string) =>
    site.post(
      '/user-api-key.json',
      keyRequest({ auth_redirect, application_name, client_id: application_name }),
      'alice',
    );
  await approve('https://app.example/cb?user=7', 'Plum');
  await approve('myapp://callback', 'Pear');
  const read = async (pattern?: string) =>
    (
      await site.get(pattern === undefined ? PATH : `${PATH}?${new URLSearchParams({ pattern })}`, admin)
    ).text();
  const advise = async (pattern: string) =>
    (await site.asUser('admin', 'GET', `${PATH}?${new URLSearchParams({ pattern })}`)).json();
  const listed = () => settings.current().allowed_user_api_auth_redirects;
  return { ...site, read, advise, listed };
}

test('GET /admin/user-api-key-redirects: explains a pattern, names its apps and a safer one', async () => {
  const site = await openSite();
  expect(await site.advise('https://app.example/*')).toMatchObject({
    patterns: [
      { pattern: 'https://app.example/*', apps: 1 },
      { pattern: 'myapp://callback', apps: 1 },
    ],
    advice: {
      pattern: 'https://app.example/*',
      reach: 'site',
      safer: ['https://app.example/cb'],
      listed: true,
      apps: [{ application_name: 'Plum', auth_redirect: 'https://app.example/cb', active_keys: 1 }],
    },
  });
  const page = await site.read('https://app.example/*');
  expect(page).toContain('Without it, 1 app cannot request new keys.');
  expect(page).not.toContain('user=7');
  expect(await site.advise('https://app.example/cb?*')).toMatchObject({
    advice: { apps: [{}], listed: false },
  });
  expect(await site.read('*')).toContain('EVERYTHING');
});

test('GET …: names no orphan if another pattern of the settings allows the redirects', async () => {
  const site = await openSite();
  await site.valetkey.settings.addItem('allowed_user_api_auth_redirects', 'https://app.example/cb*');
  expect(await site.read('https://app.example/*')).toContain('would still be allowed by another pattern');
});

test.each([
  ['javascript://x/*', 'forbidden_scheme'],
  ['https://*/cb', 'wildcard_in_host'],
  ['nothing', 'no_scheme_or_host'],
  ['myapp://a|myapp://b', 'not_one_text'],
])('GET …: says why %s is no pattern', async (pattern, reason) => {
  const site = await openSite();
  expect(await site.advise(pattern)).toMatchObject({ advice: null, reason });
  expect(await site.read(pattern)).toContain('role="alert"');
});

test('POST …: adds the pattern that the page explained, once, and audits it', async () => {
  const site = await openSite();
  const form = readForm(await site.read('https://pear.example/cb'), PATH);
  expect(form.pattern).toBe('https://pear.example/cb');
  const added = await site.post(PATH, form, 'admin');
  expect(added.status).toBe(303);
  const page = await (await site.get(added.headers.get('location') ?? '', admin)).text();
  expect(page).toContain('The settings now have <code>https://pear.example/cb</code>');
  await site.post(PATH, form, 'admin');
  expect(site.listed().filter((pattern) => pattern.includes('pear.example'))).toHaveLength(1);
  const [event] = await site.store.listAuditEvents({ beforeId: null, limit: 1 });
  expect(event).toMatchObject({ action: 'setting_changed', actorId: 'id-admin' });
});

test('POST …: rejects several patterns, an invalid one, and everybody but admins', async () => {
  const site = await openSite();
  const before = site.listed();
  for (const pattern of ['', ' | ', 'https://a.example/|*', 'https://*/x'])
    expect((await site.post(`${PATH}.json`, { pattern }, 'admin')).status).toBeGreaterThanOrEqual(400);
  expect((await site.post(`${PATH}.json`, { pattern: '*' }, 'bob')).status).toBe(403);
  expect((await site.post(`${PATH}.json`, { pattern: '*' }, null, admin)).status).toBe(403);
  expect((await site.get(`${PATH}.json`, { cookie: 'session=bob' })).status).toBe(403);
  expect(site.listed()).toEqual(before);
});

test('the page allows the redirect that a registered client wants, and shows names and patterns as text', async () => {
  const site = await openSite();
  await site.valetkey.settings.set('allow_user_api_key_client_scopes', 'read');
  const client = {
    client_id: 'wanted',
    application_name: 'Quince',
    auth_redirect: 'https://quince.example/cb',
  };
  await site.post('/user-api-key-client', keyRequest(client), null);
  const form = readForm(await site.read(), '/admin/user-api-key-clients/allow-redirect');
  expect(form).toMatchObject({ client_id: 'wanted', auth_redirect: 'https://quince.example/cb' });
  await site.post('/admin/user-api-key-clients/allow-redirect', form, 'admin');
  expect(site.listed()).toContain('https://quince.example/cb');
  expect(await site.read()).not.toContain('Quince');
  expect(hasHostileMarkup(await site.read(HOSTILE))).toBe(false);
  await site.post(
    '/user-api-key.json',
    keyRequest({ auth_redirect: 'myapp://callback', application_name: HOSTILE }),
    'bob',
  );
  const page = await site.read('myapp://callback');
  expect([page.includes('alert(2)'), hasHostileMarkup(page)]).toEqual([true, false]);
});
