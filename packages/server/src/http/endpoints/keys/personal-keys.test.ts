import { refusalOf } from '@valetkey/test-support/responses';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const PATH = '/u/alice/preferences/api-keys/new';
const alice = { cookie: 'session=alice' };
const WANTED = { application_name: 'Backup script', scopes: 'read', expires_in_seconds: '2592000' };

interface Made {
  key: { id: number; key: string; expires_at: string | null; scopes: string[] };
}

async function createSite(options: Parameters<typeof createTestSite>[0] = {}) {
  const site = await createTestSite(options);
  await site.valetkey.settings.set('allow_personal_user_api_keys', 'all');
  const make = (changes: Record<string, string> = {}) =>
    site.post(`${PATH}.json`, { ...WANTED, ...changes }, 'alice');
  return {
    ...site,
    make,
    async makeKey(changes: Record<string, string> = {}) {
      return ((await (await make(changes)).json()) as Made).key;
    },
  };
}

describe('personal keys', () => {
  const site = () => createSite();

  test('a user creates a key with the chosen scopes and expiry', async () => {
    const it = await site();
    const made = await it.makeKey();
    expect(made).toMatchObject({ scopes: ['read'], expires_at: '2026-12-23T12:00:00.000Z' });
    expect(await it.authorize(made.key, { name: 'list#latest' })).toMatchObject({
      kind: 'key',
      principal: { user: { username: 'alice' }, key: { kind: 'personal', applicationName: 'Backup script' } },
    });
    expect((await it.authorize(made.key, { name: 'posts#create' }, { method: 'POST' })).kind).toBe('refused');
    it.advance(30 * 86_400_000);
    expect((await it.authorize(made.key, { name: 'list#latest' })).kind).toBe('refused');
  });

  test('concurrent forms never exceed the maximum of active keys', async () => {
    const it = await site();
    await it.valetkey.settings.set('max_personal_user_api_keys', 2);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => it.make()));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 409, 409, 409]);
    expect(await refusalOf(it.make())).toBe('409 too_many_personal_keys');
    const [{ id } = { id: 0 }] = await it.valetkey.keysOf('id-alice');
    await it.post('/user-api-key/revoke', { id: String(id) }, 'alice');
    expect((await it.make()).status).toBe(200);
    // A revoked key can only be restored below the limit.
    expect(await refusalOf(it.post('/user-api-key/undo-revoke.json', { id: String(id) }, 'alice'))).toBe(
      '409 too_many_personal_keys',
    );
    expect(await it.valetkey.keysOf('id-alice')).toHaveLength(2);
    // Neither client keys nor other users’ keys count.
    await it.approve();
    expect((await it.post('/u/bob/preferences/api-keys/new.json', WANTED, 'bob')).status).toBe(200);
    it.advance(30 * 86_400_000);
    expect((await it.make()).status).toBe(200);
  });

  test('the form works without script, and the page shows the key once with a curl command', async () => {
    const it = await site();
    const form = await (await it.get(PATH, alice)).text();
    expect(form).toContain('name="scope:read"');
    expect(form).toContain('High risk');
    expect(form).not.toContain('name="scope:one_time_password"');
    expect(form).not.toContain('name="scope:push"');
    expect(form).not.toContain('checked');
    const response = await it.post(
      PATH,
      { application_name: 'Script', 'scope:read': '1', 'scope:user_status': '1', expires_in_seconds: '' },
      'alice',
    );
    expect(response.headers.get('cache-control')).toBe('no-store');
    const page = await response.text();
    const key = />([0-9a-f]{32})</.exec(page)?.[1] ?? '';
    expect(page).toContain(`User-Api-Key: ${key}`);
    expect(page).toContain(`VALETKEY_SITE=https://forum.example\nVALETKEY_KEY=${key}\n</textarea>`);
    const record = (await it.valetkey.keysOf('id-alice'))[0];
    expect(record).toMatchObject({ scopes: ['read', 'user_status'], expiresAt: null, isUrlKey: false });
    expect((await it.authorize(key, { name: 'list#latest' })).kind).toBe('key');
  });

  test('a key is on the apps page, where it can be revoked and restored', async () => {
    const it = await site();
    const { key, id } = await it.makeKey();
    const apps = () => it.get('/u/alice/preferences/apps', alice).then((response) => response.text());
    expect(await apps()).toContain('aria-label="Revoke Backup script"');
    expect(await apps()).toContain(`href="${PATH}"`);
    expect(await apps()).not.toContain(key);
    await it.post('/user-api-key/revoke', { id: String(id) }, 'alice');
    expect((await it.authorize(key, { name: 'list#latest' })).kind).toBe('refused');
    await it.post('/user-api-key/undo-revoke', { id: String(id) }, 'alice');
    expect((await it.authorize(key, { name: 'list#latest' })).kind).toBe('key');
  });
});

test('an invalid form is returned as it was filled in, with the reason', async () => {
  const site = await createSite();
  const filled = {
    application_name: 'Script "of" mine',
    'scope:read': '1',
    expires_in_seconds: '2592000',
    allowed_addresses: '10.0.0.5/8',
  };
  const answer = await site.post(PATH, filled, 'alice');
  expect(answer.status).toBe(400);
  const form = (await answer.text()).replace(/\s+/g, ' ');
  expect(form).toMatch(/role="alert">The entry 10\.0\.0\.5\/8 .* write 10\.0\.0\.0\/8 or 10\.0\.0\.5\./);
  expect(form).toContain('value="Script &quot;of&quot; mine"');
  expect(form).toContain('name="scope:read" value="1" checked');
  expect(form.match(/ checked/g)).toHaveLength(1);
  expect(form).toContain('<option value="2592000" selected>');
  expect(form.match(/ selected/g)).toHaveLength(1);
  expect(form).toContain('value="10.0.0.5/8"');
  await site.valetkey.settings.set('max_personal_user_api_keys', 1);
  await site.makeKey();
  const full = await site.post(PATH, { ...filled, allowed_addresses: '' }, 'alice');
  expect([full.status, (await full.text()).includes('the maximum on this site')]).toEqual([409, true]);
});

describe('personal keys: rejects', () => {
  test('users if the setting forbids it', async () => {
    const site = await createSite();
    for (const value of ['none', 'feeds']) {
      await site.valetkey.settings.set('allow_personal_user_api_keys', value);
      expect(await refusalOf(site.make())).toBe('403 personal_keys_disabled');
      expect((await site.get(PATH, alice)).status).toBe(403);
      expect(await (await site.get('/u/alice/preferences/apps', alice)).text()).not.toContain(PATH);
    }
    await site.valetkey.settings.set('allow_personal_user_api_keys', 'all');
    await site.valetkey.settings.set('allow_user_api_keys', false);
    expect(await refusalOf(site.make())).toBe('403 user_api_keys_disabled');
  });

  test('every key, also beside the user’s cookie', async () => {
    const site = await createSite();
    const { key } = await site.makeKey({ scopes: 'write' });
    for (const header of [{ 'User-Api-Key': key }, { 'Api-Key': 'f'.repeat(64) }]) {
      expect(await refusalOf(site.post(`${PATH}.json`, WANTED, 'alice', header))).toBe(
        '403 session_required',
      );
      expect((await site.get(PATH, { ...alice, ...header })).status).toBe(403);
    }
    expect((await site.valetkey.keysOf('id-alice')).length).toBe(1);
  });

  test('requests without session, the form of another site, and the path of another user', async () => {
    const site = await createSite();
    expect((await site.get(PATH)).headers.get('location')).toContain('/login');
    expect(await refusalOf(site.post(`${PATH}.json`, WANTED, null))).toBe('403 login_required');
    expect(await refusalOf(site.post(`${PATH}.json`, WANTED, null, alice))).toBe('403 csrf_invalid');
    for (const other of ['bob', 'admin']) {
      expect(await refusalOf(site.post(`${PATH}.json`, WANTED, other))).toBe('403 key_of_another_user');
      expect((await site.get(PATH, { cookie: `session=${other}` })).status).toBe(403);
    }
    for (const id of ['id-alice', 'id-bob', 'id-admin']) expect(await site.store.listKeys(id)).toEqual([]);
  });

  test('suspended users, and those who may not approve clients', async () => {
    const site = await createSite();
    const of = (name: string) => site.post(`${PATH.replace('alice', name)}.json`, WANTED, name);
    expect(await refusalOf(of('sam'))).toBe('403 user_suspended');
    await site.valetkey.settings.set('user_api_key_allowed_groups', 'trust_level_1');
    expect(await refusalOf(of('bob'))).toBe('403 group_not_allowed');
    expect((await of('admin')).status).toBe(200);
  });

  test.each([
    [{ scopes: 'one_time_password' }, '403 scope_not_allowed'],
    [{ scopes: 'read,push' }, '403 scope_not_allowed'],
    [{ scopes: 'everything' }, '403 scope_not_allowed'],
    [{ scopes: '__proto__' }, '403 scope_not_allowed'],
    [{ scopes: '' }, '400 parameter_missing'],
    [{ application_name: ' ' }, '400 parameter_missing'],
    [{ application_name: 'a\u202eb' }, '400 parameter_invalid'],
    [{ application_name: 'x'.repeat(201) }, '400 parameter_too_long'],
    [{ expires_in_seconds: '-1' }, '400 expiry_invalid'],
    [{ expires_in_seconds: '31536001' }, '400 expiry_too_long'],
  ])('%j', async (changes, expected) => {
    const site = await createSite();
    expect(await refusalOf(site.make(changes as Record<string, string>))).toBe(expected);
    expect(await site.store.listKeys('id-alice')).toEqual([]);
  });

  test('a scope that the site does not allow, as checkbox or list', async () => {
    const site = await createSite();
    await site.valetkey.settings.set('allow_user_api_key_scopes', 'read');
    expect(await refusalOf(site.make({ scopes: 'write' }))).toBe('403 scope_not_allowed');
    const boxes = { application_name: 'Script', 'scope:write': '1' };
    expect(await refusalOf(site.post(`${PATH}.json`, boxes, 'alice'))).toBe('403 scope_not_allowed');
    expect(await (await site.get(PATH, alice)).text()).not.toContain('scope:write');
  });
});

test('personal keys: a hostile name is escaped everywhere', async () => {
  const site = await createSite();
  const hostile = '"><img src=x onerror=alert(1)>';
  const made = await site.post(PATH, { ...WANTED, application_name: hostile }, 'alice');
  for (const page of [made, await site.get('/u/alice/preferences/apps', alice)]) {
    const text = await page.text();
    expect(text).toContain('&lt;img');
    expect(text).not.toContain('<img');
  }
});
