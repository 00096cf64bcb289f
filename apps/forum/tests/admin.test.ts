import { expect, test } from 'vitest';
import { createTestForum, json } from './test-forum.ts';

test('GET /admin/site_settings.json: lists the settings in Discourse’s form', async () => {
  const { signedIn } = await createTestForum();
  const { site_settings } = await json((await signedIn('admin')).get('/admin/site_settings.json'));
  expect(site_settings).toContainEqual({
    setting: 'max_user_api_key_expiry_days',
    value: '365',
    min: 1,
    max: 36_500,
    default: '365',
    type: 'integer',
    category: 'user_api',
    description: expect.stringMatching(/days/),
  });
});

test('PUT /admin/site_settings/:name: applies a setting at once, from JSON or a form', async () => {
  const { signedIn, fetch } = await createTestForum();
  const admin = await signedIn('admin');
  const path = '/admin/site_settings/allow_user_api_keys.json';
  const probe = async () => (await fetch('/user-api-key/new', { method: 'HEAD' })).status;
  expect(await probe()).toBe(200);
  expect((await admin.send('PUT', path, { allow_user_api_keys: false })).status).toBe(200);
  expect(await probe()).toBe(404);
  const form = new URLSearchParams({ allow_user_api_keys: 'true' });
  const headers = { 'x-csrf-token': await admin.fetchCsrfToken() };
  expect((await admin.request(path, { method: 'PUT', body: form, headers })).status).toBe(200);
  expect(await probe()).toBe(200);
});

test.each([
  ['max_user_api_key_expiry_days', -1],
  ['max_user_api_key_expiry_days', 'soon'],
  ['allow_user_api_keys', 'perhaps'],
  ['allowed_user_api_auth_redirects', 'javascript:alert(1)'],
  ['allowed_user_api_auth_redirects', { $gt: '' }],
])(
  'PUT /admin/site_settings/%s: rejects an invalid value with a sentence and changes nothing',
  async (name, value) => {
    const { signedIn } = await createTestForum();
    const admin = await signedIn('admin');
    const read = () => json(admin.get('/admin/site_settings.json'));
    const before = await read();
    const answer = await admin.send('PUT', `/admin/site_settings/${name}.json`, { [name]: value });
    expect(answer.status).toBe(422);
    expect((await json(answer)).errors[0]).toMatch(/^.{10,}$/s);
    expect(await read()).toEqual(before);
  },
);

test.each(['nonsense', 'constructor', '__proto__', 'toString'])(
  'PUT /admin/site_settings/%s: rejects an unknown setting',
  async (name) => {
    const { signedIn } = await createTestForum();
    const admin = await signedIn('admin');
    const form = new URLSearchParams({ [name]: '1' });
    const headers = { 'x-csrf-token': await admin.fetchCsrfToken() };
    const answer = await admin.request(`/admin/site_settings/${name}.json`, {
      method: 'PUT',
      body: form,
      headers,
    });
    expect([answer.status, (await json(answer)).code]).toEqual([404, 'setting_unknown']);
  },
);

test('PUT /admin/site_settings/:name: requires a parameter with the name of the setting', async () => {
  const { signedIn } = await createTestForum();
  const admin = await signedIn('admin');
  const answer = await admin.send('PUT', '/admin/site_settings/allow_user_api_keys.json', { value: false });
  expect([answer.status, (await json(answer)).errors]).toEqual([
    400,
    ['Send the new value as the parameter allow_user_api_keys.'],
  ]);
});

test('PUT /admin/users/:id/suspend: ends every session of the user at once', async () => {
  const { signedIn } = await createTestForum();
  const [admin, bob] = [await signedIn('admin'), await signedIn('bob')];
  const { id } = (await json(bob.get('/u/bob.json'))).user;
  const answer = await admin.send('PUT', `/admin/users/${id}/suspend.json`, {
    suspend_until: '2027-02-22',
    reason: 'Advertising',
  });
  expect(await json(answer)).toMatchObject({
    suspension: { suspend_reason: 'Advertising', suspended_till: '2027-02-22T00:00:00.000Z' },
  });
  expect((await bob.get('/session/current.json')).status).toBe(404);
  expect((await bob.send('POST', '/posts.json', { topic_id: 1, raw: 'Still here?' })).status).toBe(403);
  await admin.send('PUT', `/admin/users/${id}/unsuspend.json`);
  expect((await bob.get('/session/current.json')).status).toBe(404);
});

test('PUT /admin/users/:id/suspend: the suspension ends at its time', async () => {
  const { signedIn, browser, advance } = await createTestForum();
  const admin = await signedIn('admin');
  const { id } = (await json(admin.get('/u/bob.json'))).user;
  await admin.send('PUT', `/admin/users/${id}/suspend.json`, {
    suspend_until: '2026-11-24',
    reason: 'A day off',
  });
  expect(await json(browser().signIn('bob', 'valetkey-demo'))).toHaveProperty('error');
  advance(86_400_000);
  expect(await json(browser().signIn('bob', 'valetkey-demo'))).toHaveProperty('user');
});

test.each([
  {},
  { suspend_until: 'soon' },
  { suspend_until: '2001-01-01' },
  { suspend_until: ['2030-01-01'] },
])('PUT /admin/users/:id/suspend: rejects %j as the end of a suspension', async (body) => {
  const { signedIn } = await createTestForum();
  const [admin, bob] = [await signedIn('admin'), await signedIn('bob')];
  const { id } = (await json(bob.get('/u/bob.json'))).user;
  expect((await admin.send('PUT', `/admin/users/${id}/suspend.json`, body)).status).toBe(400);
  expect((await bob.get('/session/current.json')).status).toBe(200);
});

test('PUT /admin/users/:id/suspend: rejects the suspension of an admin', async () => {
  const { signedIn } = await createTestForum();
  const admin = await signedIn('admin');
  const { id } = (await json(admin.get('/u/admin.json'))).user;
  const answer = await admin.send('PUT', `/admin/users/${id}/suspend.json`, { suspend_until: '2030-01-01' });
  expect(answer.status).toBe(403);
  expect(
    (await admin.send('PUT', '/admin/users/999/suspend.json', { suspend_until: '2030-01-01' })).status,
  ).toBe(404);
});
