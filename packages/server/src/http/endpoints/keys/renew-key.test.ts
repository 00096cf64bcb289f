import { readForm } from '@valetkey/test-support/page-form';
import { refusalOf } from '@valetkey/test-support/responses';
import { APPS, alice, createRotationSite, HOUR_MS } from '@valetkey/test-support/site/rotation-site';
import { describe, expect, test } from 'vitest';

const DAY_MS = 24 * HOUR_MS;
const DAYS_90 = String(90 * 86_400);

async function openSite() {
  const site = await createRotationSite();
  const renew = (values: Record<string, string> = {}, as: string | null = 'alice', headers = {}) =>
    site.post(
      '/user-api-key/renew.json',
      { id: String(site.old.id), expires_in_seconds: DAYS_90, ...values },
      as,
      headers,
    );
  const codeOf = async (response: Promise<Response>) => refusalOf(await response);
  return { ...site, renew, codeOf };
}

describe('POST /user-api-key/renew', () => {
  test('lets the same key expire later, from now on, and audits it', async () => {
    const site = await openSite();
    site.advance(29 * DAY_MS);
    const renewed = await site.renew();
    const expires_at = new Date(site.now() + 90 * DAY_MS).toISOString();
    expect(await renewed.json()).toEqual({ success: 'OK', expires_at });
    site.advance(90 * DAY_MS - 1);
    expect(await site.verifyKey(site.old.key)).toBe('key');
    site.advance(1);
    expect(await site.verifyKey(site.old.key)).toMatchObject({ code: 'key_expired' });
    const [newest] = await site.store.listAuditEvents({ beforeId: null, limit: 1, action: 'key_renewed' });
    expect(newest).toMatchObject({ actorId: 'id-alice', subject: 'Backup script', keyId: site.old.id });
  });

  test('rejects an expired, revoked or rotated key, and an expiry that is no later', async () => {
    const [soon, expired, revoked, rotated] = await Promise.all([1, 2, 3, 4].map(openSite));
    if (!soon || !expired || !revoked || !rotated) throw new Error('A site is missing.');
    for (const expires_in_seconds of ['86400', '', '2592000'])
      expect(await soon.codeOf(soon.renew({ expires_in_seconds }))).toContain('key_not_renewable');
    expired.advance(30 * DAY_MS);
    expect(await expired.codeOf(expired.renew())).toContain('key_not_renewable');
    await revoked.revoke(revoked.old.id);
    expect((await revoked.renew()).status).toBeGreaterThanOrEqual(400);
    await rotated.rotate({ grace_seconds: '86400' });
    expect(await rotated.codeOf(rotated.renew())).toContain('key_not_renewable');
    expect(await rotated.verifyKey(rotated.old.key)).toBe('key');
  });

  test('applies the rules for a new key: maximum expiry, scopes, setting and group', async () => {
    const site = await openSite();
    const { settings } = site.valetkey;
    const max = settings.current().max_user_api_key_expiry_days;
    const tooLong = { expires_in_seconds: String((max + 1) * 86_400) };
    expect(await site.codeOf(site.renew(tooLong))).toContain('expiry_too_long');
    await settings.set('allow_user_api_key_scopes', 'write');
    expect(await site.codeOf(site.renew())).toContain('scope_not_allowed');
    await settings.set('allow_personal_user_api_keys', 'none');
    expect(await site.codeOf(site.renew())).toContain('personal_keys_disabled');
  });

  test('needs the session of the owner with a CSRF token: no other user, no admin, no key', async () => {
    const site = await openSite();
    for (const [as, headers] of [
      ['bob', {}],
      ['admin', {}],
      [null, alice],
      [null, { 'User-Api-Key': site.old.key }],
      ['alice', { 'User-Api-Key': site.old.key }],
    ] as const)
      expect((await site.renew({}, as, headers)).status).toBeGreaterThanOrEqual(400);
    const key = await site.store.findKey(site.old.id);
    expect(new Date(key?.expiresAt ?? 0).toISOString()).toBe(site.old.expires_at);
  });

  test('the pages of apps have a form for it while a later expiry is possible', async () => {
    const site = await openSite();
    const form = readForm(await (await site.get(APPS, alice)).text(), '/user-api-key/renew');
    expect(form).toMatchObject({ id: String(site.old.id), expires_in_seconds: DAYS_90 });
    const { id, ...rest } = form;
    const answer = await site.post('/user-api-key/renew', { ...rest, id: id ?? '' }, 'alice');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${APPS}/${site.old.id}`]);
  });
});
