import { createTestSite, csrfOf, type TestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../../in-process/memory-store/memory-store.ts';

const DAY_MS = 86_400_000;
const latest = { name: 'list#latest' };

const postAsAdmin = (site: TestSite, path: string, body: unknown = {}) =>
  site.send(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { cookie: 'session=admin', 'x-csrf-token': csrfOf('admin'), 'content-type': 'application/json' },
  });

describe('runDailyJobs', () => {
  const site = () => createTestSite();

  test('records revoked keys and the reason, as an action of the site', async () => {
    const it = await site();
    await it.approve({ client_id: 'unused', application_name: 'Unused' });
    const newAdminKey = { key: { description: 'Nightly', username: null, scope_mode: 'global' } };
    await postAsAdmin(it, '/admin/api/keys.json', newAdminKey);
    it.advance(181 * DAY_MS);
    await it.approve({ client_id: 'old', application_name: 'Old' });
    expect(await it.valetkey.runDailyJobs()).toBe(2);
    await it.valetkey.settings.set('revoke_user_api_keys_maxlife_days', 1);
    it.advance(2 * DAY_MS);
    expect(await it.valetkey.runDailyJobs()).toBe(1);
    const events = await it.store.listAuditEvents({ beforeId: null, limit: 3 });
    const bySite = { actorId: null, ipAddress: '' };
    expect(events).toEqual([
      expect.objectContaining({
        ...bySite,
        action: 'key_revoked_too_old',
        subject: 'Old',
        ownerId: 'id-alice',
      }),
      expect.objectContaining({ ...bySite, action: 'admin_key_revoked_unused', subject: 'Nightly' }),
      expect.objectContaining({ ...bySite, action: 'key_revoked_unused', subject: 'Unused', keyId: 1 }),
    ]);
    const page = (await (await it.get('/admin/user-api-key-audit', { cookie: 'session=admin' })).text())
      .replace(/<[^>]+>/g, '')
      .replace(/\s+/g, ' ');
    expect(page).toContain('The site revoked the key Old of alice because of its age');
    expect(page).toContain('The site revoked the unused admin key Nightly');
    expect(page).toContain('at 12:00 PM UTC, key 1');
  });

  test('keeps restored keys of users and admins for the same time again', async () => {
    const it = await site();
    const { key } = await it.approve();
    const made = await postAsAdmin(it, '/admin/api/keys.json', {
      key: { description: 'Nightly', username: null, scope_mode: 'global' },
    });
    const admin = ((await made.json()) as { key: { id: number } }).key;
    it.advance(181 * DAY_MS);
    expect(await it.valetkey.runDailyJobs()).toBe(2);
    expect((await it.post('/user-api-key/undo-revoke.json', { id: '1' }, 'admin')).status).toBe(200);
    expect((await postAsAdmin(it, `/admin/api/keys/${admin.id}/undo-revoke.json`)).status).toBe(200);
    it.advance(180 * DAY_MS);
    expect(await it.valetkey.runDailyJobs()).toBe(0);
    expect((await it.store.findAdminKey(admin.id))?.revokedAt).toBeNull();
    expect((await it.authorize(key, latest)).kind).toBe('key');
    it.advance(DAY_MS);
    expect(await it.valetkey.runDailyJobs()).toBe(1);
  });

  test('keeps a key that was used in time on another node, which has not stored the use yet', async () => {
    const store = createMemoryStore();
    const [one, other] = [await createTestSite({ store }), await createTestSite({ store })];
    const { key } = await one.approve();
    for (const node of [one, other]) node.advance(180 * DAY_MS - 2_000);
    expect((await other.authorize(key, latest)).kind).toBe('key');
    one.advance(4_000);
    expect(await one.valetkey.runDailyJobs()).toBe(0);
    // If it was not used in time on any node, it is revoked a minute later.
    one.advance(60_000);
    expect(await one.valetkey.runDailyJobs()).toBe(1);
  });

  test('revokes nothing if the settings are 0', async () => {
    const it = await site();
    await it.approve();
    await it.valetkey.settings.set('revoke_user_api_keys_unused_days', 0);
    it.advance(5_000 * DAY_MS);
    expect(await it.valetkey.runDailyJobs()).toBe(0);
  });
});
