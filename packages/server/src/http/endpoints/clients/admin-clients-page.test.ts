import { HOSTILE, hasHostileMarkup, readForm } from '@valetkey/test-support/page-form';
import { refusalOf } from '@valetkey/test-support/responses';
import { createAdminSite } from '@valetkey/test-support/site/admin-site';
import { csrfOf, keyRequest, PUBLIC_KEY } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const LIST = '/admin/user-api-key-clients';
const DELETE = `${LIST}/delete`;
const ALLOW = `${LIST}/allow-redirect`;
const admin = { cookie: 'session=admin' };

describe('GET /admin/user-api-key-clients', () => {
  async function openSite() {
    const site = await createAdminSite();
    await site.valetkey.settings.set('allow_user_api_key_client_scopes', 'read|notifications');
    await site.valetkey.settings.set('user_api_key_clients_create_per_day', '1000');
    const register = (changes: Record<string, string> = {}) =>
      site.post('/user-api-key-client', keyRequest({ client_id: 'plum', ...changes }), null);
    const page = async (query = '') => (await site.get(LIST + query, admin)).text();
    return { ...site, register, page };
  }

  test('shows name, scopes, redirect, registration time, IP address and number of keys', async () => {
    const { register, page, approve } = await openSite();
    await register({ scopes: 'read,notifications' });
    for (const who of ['alice', 'bob']) await approve({ client_id: 'plum', public_key: null }, who);
    const text = await page();
    for (const words of [
      'Plum Reader',
      'Read everything you can read',
      'Read your notifications',
      '<bdi>plum</bdi>',
      'app.example',
      'https://app.example/cb',
      'November 23, 2026 at 12:00 PM UTC</time>, from <bdi>192.0.2.1</bdi>',
      '<dt>Active keys</dt><dd>2</dd>',
      '2 users have active keys of this app.',
    ])
      expect(text).toContain(words);
    expect(text).not.toContain('BEGIN PUBLIC KEY');
  });

  test('POST …/delete: keeps the keys, new approvals need a registration, and the audit log names the admin', async () => {
    const { register, page, approve, authorize, post, store, asUser, get } = await openSite();
    await register();
    const { key } = await approve({ client_id: 'plum', public_key: null, application_name: null });
    const form = readForm(await page(), DELETE);
    expect(form).toEqual({ authenticity_token: csrfOf('admin'), client_id: 'plum' });
    const gone = await post(DELETE, { client_id: 'plum' }, 'admin');
    expect([gone.status, gone.headers.get('location')]).toEqual([303, LIST]);
    expect(await page()).toContain('No registered apps.');

    expect((await authorize({ 'User-Api-Key': key })).kind).toBe('key');
    const asked = await get(
      `/user-api-key/new.json?${new URLSearchParams(keyRequest({ client_id: 'plum', public_key: null, application_name: null }))}`,
    );
    expect(await asked.json()).toMatchObject({ code: 'parameter_missing' });
    const again = await asUser('admin', 'POST', DELETE, { client_id: 'plum' });
    expect(await again.json()).toMatchObject({ code: 'client_not_registered' });
    const [newest] = await store.listAuditEvents({ beforeId: null, limit: 1 });
    expect(newest).toMatchObject({ action: 'client_deleted', actorId: 'id-admin', subject: 'plum' });
    expect((await register()).status).toBe(200);
  });

  test('lists each client once, newest first, page by page, also during registrations', async () => {
    const { register, asUser, page, advance } = await openSite();
    for (let count = 100; count < 155; count += 1) {
      await register({ client_id: `app ${count}` });
      if (count % 3 === 0) advance(1);
    }
    type Listed = { clients: { client_id: string }[]; more: string | null };
    const read = async (query: string) =>
      (await (await asUser('admin', 'GET', LIST + query)).json()) as Listed;
    const first = await read('');
    expect(await page()).toContain(`href="${LIST}${first.more}"`);
    await register({ client_id: 'late' });
    const second = await read(first.more ?? '');
    const third = await read(second.more ?? '');
    const ids = [first, second, third].flatMap(({ clients }) => clients.map(({ client_id }) => client_id));
    expect([first.clients.length, third.more]).toEqual([20, null]);
    expect(ids).toEqual(Array.from({ length: 55 }, (_, index) => `app ${154 - index}`));
    for (const after of ['x', '1', '.', '1.']) {
      expect(await (await asUser('admin', 'GET', `${LIST}?after=${after}`)).json()).toMatchObject({
        code: 'parameter_invalid',
      });
    }
  });

  test('POST …/allow-redirect: adds exactly the redirect that the page showed, and the audit log names the admin', async () => {
    const { register, page, post, asUser, store, valetkey } = await openSite();
    const listed = () => valetkey.settings.current().allowed_user_api_auth_redirects;
    const auth_redirect = 'https://app.example.evil.example/cb';
    await register({ auth_redirect });
    const before = listed();
    const text = await page();
    expect(text).toContain('The settings do not allow this redirect.');
    expect(readForm(text, ALLOW)).toEqual({
      authenticity_token: csrfOf('admin'),
      client_id: 'plum',
      auth_redirect,
    });
    const allow = (changes = {}) =>
      asUser('admin', 'POST', ALLOW, { client_id: 'plum', auth_redirect, ...changes });
    expect(await refusalOf(allow({ auth_redirect: '*' }))).toBe('403 client_redirect_mismatch');
    expect(await refusalOf(allow({ client_id: 'other' }))).toBe('400 client_not_registered');
    expect(listed()).toEqual(before);

    const added = await post(ALLOW, { client_id: 'plum', auth_redirect }, 'admin');
    expect([added.status, added.headers.get('location')]).toEqual([303, LIST]);
    expect((await allow()).status).toBe(200);
    expect(listed()).toEqual([...before, auth_redirect]);
    expect(await page()).not.toContain(ALLOW);
    const events = await store.listAuditEvents({ beforeId: null, limit: 9 });
    const changes = events.filter(({ action }) => action === 'setting_changed');
    expect(changes.map(({ actorId, subject }) => [actorId, subject])).toEqual([
      ['id-admin', 'allowed_user_api_auth_redirects'],
    ]);
  });

  test('POST …/allow-redirect: two admins at once lose no redirect', async () => {
    const { register, asUser, valetkey } = await openSite();
    const wanted = ['a', 'b', 'c'].map((name) => `https://${name}.example/cb`);
    for (const auth_redirect of wanted) await register({ client_id: auth_redirect, auth_redirect });
    await Promise.all(
      wanted.map((auth_redirect) =>
        asUser('admin', 'POST', ALLOW, { client_id: auth_redirect, auth_redirect }),
      ),
    );
    expect(valetkey.settings.current().allowed_user_api_auth_redirects).toEqual(
      expect.arrayContaining(wanted),
    );
  });

  test.each([
    'https://evil.example/*',
    'https://evil.example/cb?a=*',
    'https://evil.example/|*',
    'https://evil.example/|https://bank.example/cb',
    'https://evil.example/,https://bank.example/cb',
    'evil://cb#*',
  ])('offers no button for %s, which would allow more as a pattern, and adds nothing', async (redirect) => {
    const { register, page, asUser, valetkey } = await openSite();
    const before = valetkey.settings.current().allowed_user_api_auth_redirects;
    expect((await register({ auth_redirect: redirect })).status).toBe(200);
    const text = await page();
    expect(text).toContain('no pattern allows exactly this URL');
    expect(text).not.toContain(ALLOW);
    const answer = asUser('admin', 'POST', ALLOW, { client_id: 'plum', auth_redirect: redirect });
    expect(await refusalOf(answer)).toBe('422 redirect_pattern_invalid');
    expect(valetkey.settings.current().allowed_user_api_auth_redirects).toEqual(before);
  });

  test('escapes a hostile name, id, redirect, scope and IP address', async () => {
    const { store, page } = await openSite();
    const hostile = { applicationName: HOSTILE, clientId: HOSTILE, scopes: [HOSTILE.replaceAll(',', '')] };
    for (const authRedirect of [HOSTILE, `myapp://x/${HOSTILE.replaceAll(/[ \\]/g, '')}`]) {
      await store.registerClient(
        {
          ...hostile,
          clientId: authRedirect,
          authRedirect,
          publicKey: PUBLIC_KEY,
          createdAt: 1,
          createdFrom: HOSTILE,
        },
        null,
      );
    }
    const text = await page();
    expect(text.match(/&lt;img/g)?.length).toBeGreaterThan(8);
    expect(hasHostileMarkup(text)).toBe(false);
    expect(readForm(text, DELETE).client_id).toContain('onerror=alert(1)');
  });

  test('requires an admin’s session, and changes nothing without CSRF token', async () => {
    const { register, approve, make, send, get, store, valetkey } = await openSite();
    const auth_redirect = 'https://other.example/cb';
    await register({ auth_redirect });
    const { key } = await approve({ scopes: 'read,write' }, 'admin');
    const { key: adminKey } = await make({ username: 'admin' });
    expect((await get(LIST)).headers.get('location')).toBe(`/login?return_to=${encodeURIComponent(LIST)}`);
    const attempts: [Record<string, string>, string][] = [
      [{}, ''],
      [admin, ''],
      [admin, csrfOf('alice')],
      [{ cookie: 'session=alice' }, csrfOf('alice')],
      [{ ...admin, 'user-api-key': key }, csrfOf('admin')],
      [{ ...admin, 'api-key': adminKey }, csrfOf('admin')],
    ];
    for (const [headers, token] of attempts) {
      const body = new URLSearchParams({ client_id: 'plum', auth_redirect, authenticity_token: token });
      for (const path of [DELETE, ALLOW])
        expect((await send(path, { method: 'POST', headers, body })).status).toBe(403);
    }
    expect(valetkey.settings.current().allowed_user_api_auth_redirects).not.toContain(auth_redirect);
    for (const [headers] of attempts.slice(3)) expect((await get(LIST, headers)).status).toBe(403);
    expect(await store.findClient('plum')).not.toBeNull();
  });
});
