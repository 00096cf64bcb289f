import { refusalOf } from '@valetkey/test-support/responses';
import { APPS, alice, createRotationSite, HOUR_MS } from '@valetkey/test-support/site/rotation-site';
import { describe, expect, test } from 'vitest';

describe('POST /user-api-key/rotate', () => {
  const site = () => createRotationSite();

  test('the new key works immediately, the old one until its grace period ends, then with a reason', async () => {
    const it = await site();
    it.advance(5 * HOUR_MS);
    const { key, replaces } = await it.rotated({ grace_seconds: '3600' });
    expect(replaces).toEqual({ id: it.old.id, works_until: '2026-11-23T18:00:00.000Z' });
    expect(await it.verifyKey(key.key)).toBe('key');
    it.advance(HOUR_MS - 1);
    expect(await it.verifyKey(it.old.key)).toBe('key');
    it.advance(1);
    expect(await it.verifyKey(it.old.key)).toMatchObject({
      code: 'key_revoked',
      reason: 'replaced',
      grace_ended_at: '2026-11-23T18:00:00.000Z',
      errors: [expect.stringContaining('its grace period ended at')],
    });
    expect(await it.verifyKey(key.key)).toBe('key');
  });

  test('the new key has the name, scopes and expiry of the old one', async () => {
    const it = await site();
    it.advance(10 * 24 * HOUR_MS);
    const { key } = await it.rotated({
      scopes: 'write',
      expires_in_seconds: '31536000',
      application_name: 'x',
    });
    expect(key).toMatchObject({
      scopes: ['read'],
      expires_at: it.old.expires_at,
      application_name: 'Backup script',
    });
    expect((await it.authorize(key.key, { name: 'posts#create' }, { method: 'POST' })).kind).toBe('refused');
    it.advance(20 * 24 * HOUR_MS);
    expect(await it.verifyKey(key.key)).toMatchObject({ code: 'key_expired' });
  });

  test('without a grace period the old key is revoked before the response is sent', async () => {
    const it = await site();
    await it.rotated();
    expect(await it.verifyKey(it.old.key)).toMatchObject({ code: 'key_revoked', reason: 'replaced' });
  });

  test('an old key that expires within its grace period is reported as expired', async () => {
    const it = await site();
    it.advance(30 * 24 * HOUR_MS - HOUR_MS);
    await it.rotated({ grace_seconds: '86400' });
    it.advance(HOUR_MS);
    expect(await it.verifyKey(it.old.key)).toMatchObject({ code: 'key_expired' });
  });

  test('of two concurrent rotations one succeeds, and the other gets an error', async () => {
    const it = await site();
    const answers = await Promise.all([1, 2, 3].map(() => it.rotate({ grace_seconds: '60' })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect(await refusalOf(it.rotate())).toBe('409 key_was_rotated');
    expect(await it.valetkey.keysOf('id-alice')).toHaveLength(2);
  });

  test('each key can be revoked while the other stays active; the old one is never restored', async () => {
    const it = await site();
    const { key } = await it.rotated({ grace_seconds: '3600' });
    await it.revoke(it.old.id);
    expect(await it.verifyKey(it.old.key)).toMatchObject({ code: 'key_revoked', reason: 'revoked' });
    expect(await it.verifyKey(key.key)).toBe('key');
    expect(await refusalOf(it.undo(it.old.id))).toBe('409 key_was_replaced');
    await it.revoke(key.id);
    expect(await it.verifyKey(key.key)).toMatchObject({ code: 'key_revoked' });
    expect(await refusalOf(it.undo(it.old.id))).toBe('409 key_was_replaced');
    expect((await it.undo(key.id)).status).toBe(200);
    expect(await it.verifyKey(key.key)).toBe('key');
    it.advance(2 * HOUR_MS);
    expect(await refusalOf(it.undo(it.old.id))).toBe('409 key_was_replaced');
  });

  test('revoking the new key does not extend the grace period of the old one', async () => {
    const it = await site();
    const { key } = await it.rotated({ grace_seconds: '3600' });
    await it.revoke(key.id);
    expect(await it.verifyKey(it.old.key)).toBe('key');
    expect(await refusalOf(it.rotate())).toBe('409 key_was_rotated');
    it.advance(HOUR_MS);
    expect(await it.verifyKey(it.old.key)).toMatchObject({ code: 'key_revoked' });
  });

  test('the page shows the new key once, and the end of the old one', async () => {
    const it = await site();
    const form = (await (await it.get(APPS, alice)).text()).replace(/\s+/g, ' ');
    expect(form).toContain('aria-label="Rotate Backup script"');
    expect(form).toContain('<option value="86400" selected>works for another 1 day</option>');
    const answer = await it.post(
      '/user-api-key/rotate',
      { id: String(it.old.id), grace_seconds: '86400' },
      'alice',
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const page = await answer.text();
    const key = />([0-9a-f]{32})</.exec(page)?.[1] ?? '';
    expect(page).toContain(`User-Api-Key: ${key}`);
    expect(page).toMatch(/The old key works until <time[^>]*>November 24, 2026 at 12:00 PM UTC</);
    expect(await it.verifyKey(key)).toBe('key');
    const apps = (await (await it.get(APPS, alice)).text()).replace(/\s+/g, ' ');
    expect(apps).toContain('November 24, 2026 at 12:00 PM UTC</time>; a newer key replaced it');
    expect(apps).toContain('aria-label="Revoke the old key of Backup script"');
    expect(apps.match(/aria-label="Rotate Backup script"/g)).toHaveLength(1);
    expect(apps).not.toContain(key);
    const revoked = await (await it.post('/user-api-key/revoke', { id: String(it.old.id) }, 'alice')).text();
    expect(revoked).not.toContain('undo-revoke');
    expect(await (await it.get(APPS, alice)).text()).not.toContain('aria-label="Undo');
    it.advance(48 * HOUR_MS);
    expect(await (await it.get(APPS, alice)).text()).not.toContain('a newer key replaced');
  });

  test('current.json of an old key states its end', async () => {
    const it = await site();
    await it.rotated({ grace_seconds: '60' });
    const current = await (await it.get('/user-api-key/current.json', { 'User-Api-Key': it.old.key })).json();
    expect(current).toMatchObject({ expires_at: '2026-11-23T12:01:00.000Z' });
  });

  test('the audit log names user and key, and neither it nor the store contains a key’s text', async () => {
    const it = await site();
    const { key } = await it.rotated();
    const audit = await (await it.get('/admin/user-api-key-audit.json', { cookie: 'session=admin' })).text();
    expect(JSON.parse(audit)).toMatchObject({
      events: [
        {
          action: 'key_rotated',
          actor: 'alice',
          owner: 'alice',
          key_id: it.old.id,
          subject: 'Backup script',
        },
        {},
      ],
    });
    const stored = JSON.stringify(await it.store.listKeys('id-alice'));
    for (const secret of [key.key, it.old.key]) expect(audit + stored).not.toContain(secret);
  });

  test('an old key in its grace period counts for the maximum', async () => {
    const it = await site();
    await it.valetkey.settings.set('max_personal_user_api_keys', 2);
    const { key } = await it.rotated({ grace_seconds: '60' });
    const next = { id: String(key.id) };
    expect(await refusalOf(it.rotate({ ...next, grace_seconds: '60' }))).toBe('409 too_many_personal_keys');
    expect(await it.verifyKey(key.key)).toBe('key');
    expect((await it.rotate(next)).status).toBe(200);
    expect(await it.valetkey.keysOf('id-alice')).toHaveLength(2);
  });

  test('the daily job does not revoke rotated keys again', async () => {
    const it = await site();
    await it.rotated();
    it.advance(200 * 24 * HOUR_MS);
    expect(await it.valetkey.runDailyJobs()).toBe(1);
    expect(await it.verifyKey(it.old.key)).toMatchObject({ reason: 'replaced' });
  });
});
