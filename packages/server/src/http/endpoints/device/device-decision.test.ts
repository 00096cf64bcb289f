import { createDevice, requestTokenOf, type Started } from '@valetkey/test-support/site/device-site';
import { createTestSite, PUBLIC_KEY } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const EXPIRED = { state: 'enter_code', expired_code: true };

describe('device flow: decision', () => {
  const createSite = async () => {
    const site = await createTestSite();
    return { ...site, device: createDevice(site) };
  };
  const byLink = (started: Started) => ({ request: requestTokenOf(started), code: started.user_code });

  test('a used code is reported as expired, by token and by link', async () => {
    const { device } = await createSite();
    const [approved, denied] = [await device.start(), await device.start({ client_id: 'two' })];
    const token = await device.type(approved.user_code);
    await device.authorize({ approval_token: token.approval_token ?? '' });
    await device.deny({ approval_token: (await device.type(denied.user_code)).approval_token ?? '' });
    for (const started of [approved, denied]) {
      expect(await device.type(started.user_code)).toEqual(EXPIRED);
      expect(await device.authorize(byLink(started))).toEqual(EXPIRED);
    }
    expect(await device.authorize({ approval_token: token.approval_token ?? '' })).toEqual(EXPIRED);
    expect(await device.deny({ approval_token: token.approval_token ?? '' })).toEqual(EXPIRED);
    expect((await device.poll(approved)).status).toBe('authorized');
  });

  test('link and code together approve in one step', async () => {
    const { device } = await createSite();
    const started = await device.start();
    expect(await device.authorize(byLink(started))).toEqual({ state: 'complete', denied: false });
    expect((await device.poll(started)).status).toBe('authorized');
  });

  test('a wrong code with a link keeps showing the request, and approves nothing', async () => {
    const { device } = await createSite();
    const [started, other] = [await device.start(), await device.start({ client_id: 'other' })];
    const request = requestTokenOf(started);
    for (const code of ['BADC-2345', '', other.user_code]) {
      for (const answer of [
        await device.type(code, 'alice', { request }),
        await device.authorize({ request, code }),
      ]) {
        expect(answer).toEqual({
          state: 'authorize',
          invalid_code: true,
          request_token: request,
          device_auth: expect.objectContaining({ application_name: 'Plum Reader' }),
        });
      }
    }
    for (const each of [started, other])
      expect((await device.poll(each)).status).toBe('authorization_pending');
  });

  test('a link alone, or nothing, neither approves nor denies', async () => {
    const { device } = await createSite();
    const started = await device.start();
    const request = requestTokenOf(started);
    expect(await device.authorize({})).toEqual(EXPIRED);
    expect(await device.deny({})).toEqual(EXPIRED);
    expect(await device.deny(byLink(started))).toEqual(EXPIRED);
    expect(await device.authorize({ request })).toMatchObject({ invalid_code: true });
    expect((await device.poll(started)).status).toBe('authorization_pending');
  });

  test('the audit log records who approved and denied, without the code', async () => {
    const { device, store } = await createSite();
    const [yes, no] = [await device.start(), await device.start({ client_id: 'two' })];
    await device.approve(yes);
    await device.deny({ approval_token: (await device.type(no.user_code)).approval_token ?? '' });
    const events = await store.listAuditEvents({ beforeId: null, limit: 9 });
    expect(events.map(({ action, actorId, subject }) => [action, actorId, subject])).toEqual([
      ['key_declined', 'id-alice', 'Plum Reader'],
      ['key_approved', 'id-alice', 'Plum Reader'],
    ]);
    for (const { device_code, user_code } of [yes, no]) {
      expect(JSON.stringify(events)).not.toContain(device_code);
      expect(JSON.stringify(events)).not.toContain(user_code);
    }
  });

  test('an approval is rejected if the request would be rejected by now', async () => {
    const { device, valetkey, post, users, store, now } = await createSite();
    const refusal = async (started: Started, change: () => unknown, code: string) => {
      const { approval_token = '' } = await device.type(started.user_code);
      await change();
      const response = await post('/user-api-key/device/authorize.json', { approval_token }, 'alice');
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await response.json()).toMatchObject({ code });
      expect((await device.poll(started)).status).toBe('authorization_pending');
    };
    const { settings } = valetkey;
    await refusal(
      await device.start({ scopes: 'notifications' }),
      () => settings.set('allow_user_api_key_scopes', 'read|write'),
      'scope_not_allowed',
    );
    await refusal(
      await device.start({ expires_in_seconds: '864000' }),
      () => settings.set('max_user_api_key_expiry_days', 9),
      'expiry_too_long',
    );
    const client = { clientId: 'seen', applicationName: 'Seen', publicKey: PUBLIC_KEY, scopes: ['read'] };
    const registered = {
      ...client,
      authRedirect: 'myapp://callback',
      createdAt: now(),
      createdFrom: '192.0.2.9',
    };
    await refusal(
      await device.start({ client_id: 'seen', application_name: 'Seen' }),
      () => store.registerClient(registered, null),
      'device_request_outdated',
    );
    const { findClient } = store;
    await refusal(
      await device.start({ client_id: 'seen', application_name: 'Seen' }),
      () => {
        store.findClient = async () => null;
      },
      'device_request_outdated',
    );
    store.findClient = findClient;
    await refusal(
      await device.start(),
      () => settings.set('allow_user_api_keys', false),
      'user_api_keys_disabled',
    );
    await settings.set('allow_user_api_keys', true);
    const alice = users.get('alice');
    if (!alice) throw new Error('No alice.');
    await refusal(
      await device.start(),
      () => users.set('alice', { ...alice, isSuspended: true }),
      'user_suspended',
    );
    expect(await valetkey.keysOf('id-alice')).toEqual([]);
  });
});
