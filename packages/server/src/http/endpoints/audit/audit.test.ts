import { createTestSite, csrfOf, keyRequest } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const PATH = '/admin/user-api-key-audit.json';
const admin = { cookie: 'session=admin' };

describe('audit log', () => {
  const site = () => createTestSite();

  test('records who did what, when and from which IP address', async () => {
    const it = await site();
    await it.valetkey.settings.set('allow_user_api_key_client_scopes', 'read', {
      userId: 'id-admin',
      ipAddress: '192.0.2.5',
    });
    const { key } = await it.approve({ application_name: 'Plum Reader' });
    const [{ id } = { id: 0 }] = await it.valetkey.keysOf('id-alice');
    await it.post('/user-api-key/revoke', { id: String(id) }, 'admin');
    await it.post('/user-api-key/undo-revoke', { id: String(id) }, 'admin');
    await it.post('/user-api-key/decline', keyRequest({ auth_redirect: null }), 'bob');
    await it.post('/user-api-key/otp', keyRequest(), 'alice');
    await it.post('/user-api-key-client', keyRequest({ client_id: 'plum' }), null);
    await it.send('/user-api-key/revoke', { method: 'POST', headers: { 'User-Api-Key': key } });

    const { events, more } = (await (await it.get(PATH, admin)).json()) as {
      events: Record<string, unknown>[];
      more: null;
    };
    expect(more).toBeNull();
    const at = new Date(it.now()).toISOString();
    const about = { at, address: '192.0.2.1', key_id: id, owner: 'alice', subject: 'Plum Reader' };
    expect(events.map(({ id: _number, ...event }) => event).reverse()).toEqual([
      {
        ...about,
        action: 'setting_changed',
        actor: 'admin',
        owner: null,
        key_id: null,
        subject: 'allow_user_api_key_client_scopes',
        address: '192.0.2.5',
      },
      { ...about, action: 'key_approved', actor: 'alice' },
      { ...about, action: 'key_revoked', actor: 'admin' },
      { ...about, action: 'key_restored', actor: 'admin' },
      { ...about, action: 'key_declined', actor: 'bob', owner: 'bob', key_id: null },
      { ...about, action: 'one_time_password_approved', actor: 'alice', key_id: null },
      { ...about, action: 'client_registered', actor: null, owner: null, key_id: null, subject: 'plum' },
      { ...about, action: 'key_revoked_itself', actor: null },
    ]);
  });

  test('records feeds and admin keys by their names, without their keys', async () => {
    const it = await site();
    const json = (path: string, method: string, body: unknown, as: string) =>
      it.send(path, {
        method,
        body: JSON.stringify(body),
        headers: {
          cookie: `session=${as}`,
          'x-csrf-token': csrfOf(as),
          'content-type': 'application/json',
        },
      });
    await it.valetkey.settings.set('allow_personal_user_api_keys', 'all');
    const wanted = { application_name: 'My script', scopes: 'read' };
    await json('/u/alice/preferences/api-keys/new.json', 'POST', wanted, 'alice');
    await json('/calendar-subscriptions.json', 'POST', { feed: 'bookmarks' }, 'alice');
    await json('/calendar-subscriptions.json', 'DELETE', { feed: 'bookmarks' }, 'alice');
    const fields = { key: { description: 'Nightly report', username: null, scope_mode: 'read_only' } };
    const made = (await (await json('/admin/api/keys.json', 'POST', fields, 'admin')).json()) as {
      key: { id: number; key: string };
    };
    for (const step of ['revoke', 'undo-revoke', 'revoke'])
      await json(`/admin/api/keys/${made.key.id}/${step}.json`, 'POST', {}, 'admin');
    await json(`/admin/api/keys/${made.key.id}.json`, 'DELETE', {}, 'admin');

    const text = await (await it.get(PATH, admin)).text();
    const { events } = JSON.parse(text) as { events: { action: string; subject: string; actor: string }[] };
    expect(events.map(({ action, subject, actor }) => `${actor} ${action} ${subject}`).reverse()).toEqual([
      'alice personal_key_made My script',
      'alice feed_subscribed bookmarks',
      'alice feed_unsubscribed bookmarks',
      'admin admin_key_created Nightly report',
      'admin admin_key_revoked Nightly report',
      'admin admin_key_restored Nightly report',
      'admin admin_key_revoked Nightly report',
      'admin admin_key_deleted Nightly report',
    ]);
    expect(text).not.toContain(made.key.key);
  });

  test('records nothing that failed, and no secrets', async () => {
    const it = await site();
    await it.post('/user-api-key', keyRequest({ scopes: 'everything' }), 'alice');
    await it.post('/user-api-key', keyRequest(), null);
    expect(await (await it.get(PATH, admin)).json()).toEqual({ events: [], more: null });
    const { key } = await it.approve({ nonce: 'nonce-to-find' });
    const text = await (await it.get(PATH, admin)).text();
    for (const secret of [key, 'nonce-to-find', 'BEGIN PUBLIC KEY']) expect(text).not.toContain(secret);
  });

  test('is shown to admins with a session, page by page, until its retention ends', async () => {
    const it = await site();
    for (let count = 0; count < 101; count += 1)
      await it.post('/user-api-key/decline', keyRequest({ auth_redirect: null }), 'bob');
    const first = (await (await it.get(PATH, admin)).json()) as { events: unknown[]; more: string };
    expect(first.events).toHaveLength(100);
    const second = (await (await it.get(PATH + first.more, admin)).json()) as {
      events: unknown[];
      more: null;
    };
    expect(second).toMatchObject({ events: [{}], more: null });
    expect((await it.get(`${PATH}?before=x`, admin)).status).toBe(400);
    expect((await it.get(PATH, { cookie: 'session=alice' })).status).toBe(403);
    expect((await it.get(PATH)).status).toBe(403);
    it.advance(366 * 86_400_000);
    await it.valetkey.runDailyJobs();
    expect(await (await it.get(PATH, admin)).json()).toEqual({ events: [], more: null });
  });
});
