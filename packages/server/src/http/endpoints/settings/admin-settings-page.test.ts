import { HOSTILE, hasHostileMarkup, readForm } from '@valetkey/test-support/page-form';
import { createAdminSite } from '@valetkey/test-support/site/admin-site';
import { csrfOf } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import { settingTable } from '../../../core/settings/setting-table.ts';

const PATH = '/admin/user-api-key-settings';
const admin = { cookie: 'session=admin' };
const names = Object.keys(settingTable);

describe('the settings page', () => {
  async function openPage() {
    const site = await createAdminSite();
    const read = async () => (await site.get(PATH, admin)).text();
    const page = await read();
    const form = readForm(page, PATH);
    const save = async (changes: Record<string, string | null>, from = form) => {
      const values = Object.entries({ ...from, ...changes }).filter((entry) => entry[1] !== null);
      const response = await site.send(PATH, {
        method: 'POST',
        headers: admin,
        body: new URLSearchParams(values as [string, string][]),
      });
      return { status: response.status, page: await response.text() };
    };
    return { ...site, page, form, save, read };
  }

  test('shows each setting once, with name, description, value and default', async () => {
    const { page, form, valetkey } = await openPage();
    for (const { setting, type, description, value } of valetkey.settings.list()) {
      expect(page.split(` id="${setting}"`), setting).toHaveLength(2);
      expect(page.replace(/&#39;/g, "'"), setting).toContain(description);
      expect(form[`was:${setting}`]).toBe(type === 'secret' ? '' : value);
    }
    expect(page).toContain('From 1024 to 8192.');
    expect(page).toContain('Default: none.');
    expect(page.match(/<option(?![^>]* lang=)/g)).toHaveLength(3);
  });

  test('saved without changes, stores and records nothing', async () => {
    const { save, valetkey, store } = await openPage();
    const before = valetkey.settings.current();
    expect((await save({})).page).toContain('Nothing was changed.');
    expect(valetkey.settings.current()).toEqual(before);
    expect(await store.listAuditEvents({ beforeId: null, limit: 9 })).toEqual([]);
  });

  test('saves a switch, a number, a choice and a list at once, and the audit log names them', async () => {
    const { save, valetkey, store } = await openPage();
    const saved = await save({
      'value:allow_user_api_keys': null,
      'value:max_user_api_reqs_per_minute': ' 50 ',
      'value:allow_personal_user_api_keys': 'all',
      'value:cors_origins': 'https://a.example\r\n\r\n  https://b.example\r\n',
    });
    expect(saved.status).toBe(200);
    expect(saved.page).toContain('Saved: ');
    expect(valetkey.settings.current()).toMatchObject({
      allow_user_api_keys: false,
      max_user_api_reqs_per_minute: 50,
      allow_personal_user_api_keys: 'all',
      cors_origins: ['https://a.example', 'https://b.example'],
    });
    const events = await store.listAuditEvents({ beforeId: null, limit: 9 });
    expect(
      events.map(({ action, actorId, ipAddress, subject }) => [action, actorId, ipAddress, subject]),
    ).toEqual(
      ['cors_origins', 'max_user_api_reqs_per_minute', 'allow_personal_user_api_keys', 'allow_user_api_keys']
        .sort((a, b) => names.indexOf(b) - names.indexOf(a))
        .map((name) => ['setting_changed', 'id-admin', '192.0.2.1', name]),
    );
  });

  test('shows a secret on request only, replaces it, and the audit log does not contain it', async () => {
    const { page, form, save, valetkey, store } = await openPage();
    const { push_api_secret_key: secret } = valetkey.settings.current();
    expect(secret).toMatch(/^\w{32}$/);
    expect(page.split(secret)).toHaveLength(2);
    expect(page).toMatch(new RegExp(`<details>[^]*<code>${secret}</code>[^]*</details>`));
    expect(form).toMatchObject({ 'value:push_api_secret_key': '', 'was:push_api_secret_key': '' });

    const another = 'another-secret-of-thirty-two-letters';
    expect((await save({ 'value:push_api_secret_key': 'too-short' })).page).not.toContain('too-short');
    expect(valetkey.settings.current().push_api_secret_key).toBe(secret);
    expect((await save({ 'value:push_api_secret_key': another })).status).toBe(200);
    expect(valetkey.settings.current().push_api_secret_key).toBe(another);
    const events = await store.listAuditEvents({ beforeId: null, limit: 9 });
    expect(events.map(({ subject }) => subject)).toEqual(['push_api_secret_key']);
    expect(JSON.stringify(events)).not.toContain(another);
  });

  test('saves nothing if one value is invalid, shows the reason beside it, and keeps all input', async () => {
    const { save, valetkey, page } = await openPage();
    const before = valetkey.settings.current();
    const wrong = {
      'value:max_user_api_reqs_per_day': 'lots',
      'value:allowed_user_api_auth_redirects': 'myapp://callback\njavascript:alert(1)',
      'value:max_user_api_reqs_per_minute': '77',
      'value:allow_user_api_keys': null,
    };
    const refused = await save(wrong);
    expect(refused.status).toBe(422);
    expect(valetkey.settings.current()).toEqual(before);
    for (const name of ['max_user_api_reqs_per_day', 'allowed_user_api_auth_redirects']) {
      expect(refused.page).toMatch(new RegExp(`id="mistake-${name}" class="mistake" role="alert">[^<]{20,}`));
      expect(refused.page).toContain(`<a href="#${name}">`);
      expect(refused.page).toMatch(
        new RegExp(`id="${name}"[^>]*aria-describedby="about-${name} mistake-${name}" aria-invalid="true"`),
      );
    }
    const again = readForm(refused.page, PATH);
    const { 'value:allow_user_api_keys': _off, ...written } = wrong;
    expect(again).toMatchObject(written);
    expect(again).not.toHaveProperty('value:allow_user_api_keys');
    expect(page).not.toContain('role="alert"');

    const corrected = {
      'value:max_user_api_reqs_per_day': '9',
      'value:allowed_user_api_auth_redirects': 'a://b',
    };
    expect((await save(corrected, again)).status).toBe(200);
    expect(valetkey.settings.current()).toMatchObject({
      max_user_api_reqs_per_day: 9,
      max_user_api_reqs_per_minute: 77,
      allow_user_api_keys: false,
    });
  });

  test('does not undo concurrent changes of others, and reports conflicts', async () => {
    const { save, valetkey } = await openPage();
    await valetkey.settings.set('cors_origins', 'https://other.example');
    await valetkey.settings.set('max_user_api_reqs_per_day', '5');
    expect((await save({ 'value:max_user_api_reqs_per_minute': '7' })).status).toBe(200);
    expect(valetkey.settings.current().cors_origins).toEqual(['https://other.example']);

    const refused = await save({ 'value:max_admin_api_reqs_per_minute': 'lots' });
    const corrected = { 'value:max_admin_api_reqs_per_minute': '8' };
    expect((await save(corrected, readForm(refused.page, PATH))).status).toBe(200);
    expect(valetkey.settings.current()).toMatchObject({
      cors_origins: ['https://other.example'],
      max_user_api_reqs_per_day: 5,
      max_admin_api_reqs_per_minute: 8,
    });

    const asked = await save({ 'value:max_user_api_reqs_per_day': '6' });
    expect(asked.status).toBe(422);
    expect(asked.page).toContain('Another admin changed this setting to “5”.');
    expect((await save({}, readForm(asked.page, PATH))).status).toBe(200);
    expect(valetkey.settings.current().max_user_api_reqs_per_day).toBe(6);
  });

  test.each(names)('escapes a hostile value of %s, stored or rejected', async (name) => {
    const { save, page, read, store } = await openPage();
    expect(hasHostileMarkup(page)).toBe(false);
    const refused = await save({ [`value:${name}`]: HOSTILE, [`was:${name}`]: HOSTILE });
    expect(hasHostileMarkup(refused.page)).toBe(false);
    await store.saveSettings(new Map([[name, HOSTILE]]));
    expect(hasHostileMarkup(await read())).toBe(false);
  });

  test('explains what each redirect allows, and warns of wide patterns', async () => {
    const { save } = await openPage();
    const { page } = await save({ 'value:allowed_user_api_auth_redirects': 'https://a.example/cb\n*' });
    expect(page).toContain('The site https://a.example: exactly /cb, without a query.');
    expect(page).toContain('EVERYTHING');
    expect(page).toMatch(/class="warning">An attacker who makes a user approve/);
  });

  test('checks a value during input with the same parser, and changes nothing', async () => {
    const { asUser, valetkey } = await openPage();
    const before = valetkey.settings.current();
    const check = async (setting: string, value: unknown) =>
      (await asUser('admin', 'POST', `${PATH}/check`, { setting, value })).json();
    expect(await check('allowed_user_api_auth_redirects', 'a://b\nhttps://*.a.example/x')).toEqual({
      valid: true,
      value: 'a://b|https://*.a.example/x',
      reason: null,
      explanations: [
        { item: 'a://b', allows: expect.stringContaining('handles a: links'), warning: null },
        {
          item: 'https://*.a.example/x',
          allows: expect.stringContaining('Every subdomain'),
          warning: expect.stringContaining('is yours'),
        },
      ],
    });
    expect(await check('max_user_api_reqs_per_day', '0')).toMatchObject({
      valid: false,
      reason: 'Invalid value: it must be a whole number from 1 to 10000000.',
    });
    expect(await check('nonsense', '0')).toMatchObject({ code: 'setting_unknown' });
    expect(valetkey.settings.current()).toBe(before);
  });

  test('returns JSON on request', async () => {
    const { asUser, valetkey } = await openPage();
    const list = (await (await asUser('admin', 'GET', `${PATH}.json`)).json()) as unknown;
    expect(list).toEqual({ settings: valetkey.settings.list() });
    const save = async (values: object) => {
      const response = await asUser('admin', 'POST', `${PATH}.json`, values);
      return [response.status, await response.json()];
    };
    const origins = { 'was:cors_origins': '', 'value:cors_origins': 'https://a.example' };
    expect(await save({ ...origins, 'was:max_user_api_reqs_per_day': '2880' })).toEqual([
      200,
      { changed: ['cors_origins'] },
    ]);
    expect(await save({ ...origins, 'value:cors_origins': 'x' })).toEqual([
      422,
      expect.objectContaining({ code: 'setting_invalid', setting: 'cors_origins' }),
    ]);
    expect(await save({ 'value:cors_origins': '' })).toEqual([200, { changed: [] }]);
    expect(valetkey.settings.current().cors_origins).toEqual(['https://a.example']);
  });

  test.each([
    ['GET', PATH],
    ['POST', PATH],
    ['POST', `${PATH}/check`],
    ['GET', '/admin/user-api-keys'],
  ])('%s %s: requires an admin’s session', async (method, path) => {
    const { valetkey, send, approve, make, changeUser } = await openPage();
    const before = valetkey.settings.current();
    const call = async (headers: Record<string, string>, token?: string) => {
      const values = { 'value:cors_origins': 'https://evil.example', 'was:cors_origins': '' };
      const body = new URLSearchParams({ ...values, ...(token && { authenticity_token: token }) });
      const response = await send(path, { method, headers, ...(method === 'POST' && { body }) });
      const [, code] = /(?:developer of the app: <code>|"code":")(\w+)/.exec(await response.text()) ?? [];
      return code ?? response.headers.get('location');
    };
    const toSignIn = `/login?return_to=${encodeURIComponent(path)}`;
    expect(await call({})).toBe(method === 'GET' ? toSignIn : 'login_required');
    expect(await call({ cookie: 'session=alice' }, csrfOf('alice'))).toBe('admin_required');
    if (method === 'POST') {
      expect(await call(admin)).toBe('csrf_invalid');
      expect(await call(admin, csrfOf('alice'))).toBe('csrf_invalid');
    }
    const { key } = await approve({ scopes: 'read,write' }, 'admin');
    expect(await call({ ...admin, 'user-api-key': key }, csrfOf('admin'))).toBe('session_required');
    const { key: adminKey } = await make({ username: 'admin' });
    expect(await call({ ...admin, 'api-key': adminKey }, csrfOf('admin'))).toBe('session_required');
    changeUser('admin', { isSuspended: true });
    expect(await call(admin, csrfOf('admin'))).toBe('user_suspended');
    expect(valetkey.settings.current()).toBe(before);
  });
});
