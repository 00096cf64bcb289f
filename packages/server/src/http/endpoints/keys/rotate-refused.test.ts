import { refusalOf } from '@valetkey/test-support/responses';
import { APPS, alice, createRotationSite, HOUR_MS } from '@valetkey/test-support/site/rotation-site';
import { describe, expect, test } from 'vitest';

describe('POST /user-api-key/rotate: rejects', () => {
  test('every key, also beside the user’s cookie', async () => {
    const it = await createRotationSite();
    const { key } = await it.approve({ scopes: 'write' });
    for (const header of [
      { 'User-Api-Key': key },
      { 'User-Api-Key': it.old.key },
      { 'Api-Key': 'f'.repeat(64) },
    ])
      expect(await refusalOf(it.rotate({}, 'alice', header))).toBe('403 session_required');
    expect(await it.verifyKey(it.old.key)).toBe('key');
  });

  test('the form of another site, requests without session, other users and admins', async () => {
    const it = await createRotationSite();
    expect(await refusalOf(it.rotate({}, null, alice))).toBe('403 csrf_invalid');
    expect(await refusalOf(it.rotate({}, null))).toBe('403 login_required');
    expect(await refusalOf(it.rotate({}, 'bob'))).toBe('403 key_of_another_user');
    expect(await refusalOf(it.rotate({}, 'admin'))).toBe('403 key_of_another_user');
    expect(await it.valetkey.keysOf('id-alice')).toHaveLength(1);
  });

  test('keys of clients and feeds, with the reason', async () => {
    const it = await createRotationSite();
    await it.approve();
    await it.post('/calendar-subscriptions.json', {}, 'alice');
    for (const { id, kind } of await it.valetkey.keysOf('id-alice')) {
      if (kind === 'personal') continue;
      expect(await refusalOf(it.rotate({ id: String(id) })), kind).toBe('409 key_not_rotatable');
    }
  });

  test('a revoked or expired key', async () => {
    const it = await createRotationSite();
    await it.revoke(it.old.id);
    expect(await refusalOf(it.rotate())).toBe('404 key_not_found');
    await it.undo(it.old.id);
    it.advance(30 * 24 * HOUR_MS);
    expect(await refusalOf(it.rotate())).toBe('403 key_expired');
  });

  test('a key that the site would not issue today', async () => {
    const it = await createRotationSite();
    await it.valetkey.settings.set('allow_user_api_key_scopes', 'session_info');
    expect(await refusalOf(it.rotate())).toBe('403 scope_not_allowed');
    await it.valetkey.settings.set('allow_personal_user_api_keys', 'feeds');
    expect(await refusalOf(it.rotate())).toBe('403 personal_keys_disabled');
    expect(await (await it.get(APPS, alice)).text()).not.toContain('Rotate');
    expect(await it.verifyKey(it.old.key)).toBe('key');
  });

  test.each(['-1', '1.5', '1e3', '604801', '99999999999', 'soon', ' 60', '٣'])(
    'the grace period “%s”',
    async (grace_seconds) => {
      const it = await createRotationSite();
      expect(await refusalOf(it.rotate({ grace_seconds }))).toBe('400 grace_invalid');
      expect(await it.valetkey.keysOf('id-alice')).toHaveLength(1);
    },
  );

  test('a grace period above the setting, which can be 0', async () => {
    const it = await createRotationSite();
    await it.valetkey.settings.set('max_user_api_key_rotation_grace_days', 0);
    expect(await refusalOf(it.rotate({ grace_seconds: '1' }))).toBe('400 grace_invalid');
    expect(await (await it.get(APPS, alice)).text()).not.toContain('works for');
    expect((await it.rotate({ grace_seconds: '0' })).status).toBe(200);
  });

  test.each(['abc', '0', '', '1; DROP TABLE user_api_keys', '999999'])('the id “%s”', async (id) => {
    const it = await createRotationSite();
    expect([400, 404]).toContain((await it.rotate({ id })).status);
    expect(await it.verifyKey(it.old.key)).toBe('key');
  });
});
