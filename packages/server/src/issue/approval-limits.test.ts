import { refusalOf } from '@valetkey/test-support/responses';
import { createDevice } from '@valetkey/test-support/site/device-site';
import { createTestSite, keyRequest } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

async function createLimitedSite() {
  const site = await createTestSite();
  await site.valetkey.settings.set('max_app_user_api_keys', 3);
  await site.valetkey.settings.set('max_user_api_key_approvals_per_hour', 5);
  let count = 0;
  /** Approves as a new client, or as the client given. */
  const approve = (as = 'alice', client?: string) => {
    count += 1;
    const client_id = client ?? `client ${count}`;
    return site.post('/user-api-key.json', keyRequest({ client_id, auth_redirect: null }), as);
  };
  return { ...site, approve };
}

describe('approvals of a user', () => {
  test('at most max_app_user_api_keys active keys: a replacement is allowed, one more is not (409)', async () => {
    const site = await createLimitedSite();
    for (const client of ['a', 'b', 'c', 'c']) expect((await site.approve('alice', client)).status).toBe(200);
    expect(await refusalOf(site.approve())).toBe('409 too_many_app_keys');
    expect(await site.valetkey.keysOf('id-alice')).toHaveLength(3);
    expect((await site.approve('bob')).status).toBe(200);
    await site.post('/user-api-key/revoke.json', { id: '1' }, 'alice');
    site.advance(3_600_000);
    expect((await site.approve()).status).toBe(200);
    const undo = site.post('/user-api-key/undo-revoke.json', { id: '1' }, 'alice');
    expect(await refusalOf(undo)).toBe('409 too_many_app_keys');
  });

  test('at most max_user_api_key_approvals_per_hour, replaced and revoked ones too (429 with Retry-After)', async () => {
    const site = await createLimitedSite();
    for (let count = 0; count < 5; count += 1) expect((await site.approve('alice', 'a')).status).toBe(200);
    const before = await site.valetkey.keysOf('id-alice');
    const response = await site.approve('alice', 'a');
    expect(response.headers.get('retry-after')).toBe('3600');
    expect(await refusalOf(response)).toBe('429 too_many_approvals');
    expect(await site.valetkey.keysOf('id-alice')).toEqual(before);
    expect((await site.approve('bob')).status).toBe(200);
    site.advance(3_600_000);
    expect((await site.approve('alice', 'a')).status).toBe(200);
  });

  test('counts only approvals that everything else allows', async () => {
    const site = await createLimitedSite();
    for (let count = 0; count < 9; count += 1) {
      const wrong = keyRequest({ scopes: 'unknown', auth_redirect: null });
      expect((await site.post('/user-api-key.json', wrong, 'alice')).status).toBe(403);
    }
    expect((await site.approve()).status).toBe(200);
  });

  test('includes approvals of devices: the grant stays pending', async () => {
    const site = await createTestSite();
    const device = createDevice(site);
    await site.valetkey.settings.set('max_app_user_api_keys', 1);
    await site.approve({ client_id: 'other' });
    const started = await device.start();
    expect(await device.approve(started)).toMatchObject({ code: 'too_many_app_keys' });
    expect((await device.poll(started)).status).toBe('authorization_pending');
  });

  test('GET /u/:username/preferences/apps: offers no undo for a replaced key, wherever the newer key is listed', async () => {
    const site = await createTestSite();
    await site.approve({ client_id: 'a' });
    await site.post('/user-api-key/revoke.json', { id: '1' }, 'alice');
    const read = async () => {
      const path = '/u/alice/preferences/apps?search=another-app';
      return (await site.get(path, { cookie: 'session=alice' })).text();
    };
    expect(await read()).toContain('/user-api-key/undo-revoke');
    await site.approve({ client_id: 'a' });
    expect(await read()).not.toContain('/user-api-key/undo-revoke');
    expect(await refusalOf(site.post('/user-api-key/undo-revoke.json', { id: '1' }, 'alice'))).toBe(
      '409 key_was_replaced',
    );
  });

  test('concurrent approvals of a user never exceed max_app_user_api_keys', async () => {
    const site = await createLimitedSite();
    const responses = await Promise.all(Array.from({ length: 5 }, () => site.approve()));
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 200, 200, 409, 409]);
    expect(await site.valetkey.keysOf('id-alice')).toHaveLength(3);
  });
});
