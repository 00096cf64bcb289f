import { hashKey } from '@valetkey/server/extension';
import { createOauthDevice } from '@valetkey/test-support/site/oauth-device';
import { describe, expect, test } from 'vitest';
import { createOauthSite, DOCUMENT_URL, registeredClient } from '../test-support/oauth-site.ts';

const PUBLIC = { client_id: 'public-client' };

async function createDeviceSite() {
  const site = await createOauthSite();
  await site.store.saveOauthClient(registeredClient({ clientId: 'other-client' }), null);
  const secretHash = hashKey('the secret');
  await site.store.saveOauthClient(registeredClient({ clientId: 'confidential', secretHash }), null);
  const oauth = createOauthDevice(site);
  return {
    ...site,
    ...oauth,
    /** Starts a request and approves it as alice. */
    async startApproved(changes: Record<string, string> = PUBLIC) {
      const started = await oauth.start(changes);
      await oauth.device.approve(started);
      return started;
    },
  };
}

describe('the device flow of an OAuth client', () => {
  test('gives an OAuth grant with a refresh token, listed once on the page of apps', async () => {
    const site = await createDeviceSite();
    const started = await site.start({ ...PUBLIC, scope: 'read write' });
    expect(await site.token(started, PUBLIC)).toMatchObject({ status: 400, error: 'authorization_pending' });
    await site.device.approve(started);
    const tokens = await site.token(started, PUBLIC);
    expect(tokens).toEqual({
      status: 200,
      access_token: expect.stringMatching(/^[0-9a-f]{32}$/),
      token_type: 'Bearer',
      expires_in: 3_600,
      refresh_token: expect.any(String),
      scope: 'read write',
    });
    expect(await site.use(tokens.access_token)).toBe('ok');
    const next = await site.refresh(tokens.refresh_token);
    expect(await site.use(next.access_token)).toBe('ok');
    expect(await site.valetkey.keysOf('id-alice')).toEqual([]);
    expect(await site.valetkey.grantsOf('id-alice')).toMatchObject([
      { clientId: 'public-client', clientName: 'Plum Client', scopes: ['read', 'write'] },
    ]);
    const [event] = await site.store.listAuditEvents({ beforeId: null, limit: 1 });
    expect(event).toMatchObject({ action: 'key_approved', actorId: 'id-alice', subject: 'Plum Client' });
  });

  test('a lost response: another pair of the same grant for a minute, and nothing after it', async () => {
    const { startApproved, token, use, advance, valetkey } = await createDeviceSite();
    const started = await startApproved();
    const [first, second] = [await token(started, PUBLIC), await token(started, PUBLIC)];
    expect(first.access_token).not.toBe(second.access_token);
    for (const { access_token } of [first, second]) expect(await use(access_token)).toBe('ok');
    expect(await valetkey.grantsOf('id-alice')).toHaveLength(1);
    advance(60_000);
    expect(await token(started, PUBLIC)).toMatchObject({ status: 400, error: 'expired_token' });
  });

  test('the user leaves out scopes and lets the access end earlier; a client names its resources', async () => {
    const { start, device, token, use, store } = await createDeviceSite();
    const resource = 'https://forum.example/mcp';
    const started = await start({ ...PUBLIC, scope: 'read write', expires_in_seconds: '7200', resource });
    const { approval_token = '' } = await device.type(started.user_code);
    await device.authorize({ approval_token, granted_scopes: 'read', granted_expires_in_seconds: '600' });
    const tokens = await token(started, PUBLIC);
    expect(tokens).toMatchObject({ scope: 'read', expires_in: 600 });
    expect(await use(tokens.access_token)).toBe('401 key_for_another_resource');
    expect(await store.listOauthGrants('id-alice', 0)).toMatchObject([{ resources: ['/mcp'] }]);
    const api = { ...PUBLIC, resource: 'https://forum.example' };
    expect(await token(started, api)).toMatchObject({ error: 'invalid_target' });
  });

  test('a name proves nothing without a secret, and a document client is named by its host', async () => {
    const { start, device } = await createDeviceSite();
    const named = async (changes: Record<string, string>) =>
      (await device.type((await start(changes)).user_code)).device_auth;
    expect(await named(PUBLIC)).toMatchObject({ application_name: 'Plum Client', unregistered_client: true });
    const document = { client_id: DOCUMENT_URL, application_name: 'A Bank' };
    expect(await named(document)).toMatchObject({
      application_name: 'client.example',
      unregistered_client: true,
    });
    const authenticated = { client_id: 'confidential', client_secret: 'the secret' };
    expect(await named(authenticated)).toMatchObject({ unregistered_client: false });
  });

  test('a client with a secret proves it at both requests', async () => {
    const { sendRequest, startApproved, token } = await createDeviceSite();
    expect((await sendRequest({ client_id: 'confidential' })).status).toBe(401);
    const right = { client_id: 'confidential', client_secret: 'the secret' };
    const started = await startApproved(right);
    for (const client_secret of ['', 'another secret']) {
      const answer = await token(started, { client_id: 'confidential', client_secret });
      expect(answer).toMatchObject({ status: 401, error: 'invalid_client' });
    }
    expect(await token(started, right)).toMatchObject({ status: 200 });
  });

  test('a client that is blocked meanwhile cannot be approved, and gets no tokens', async () => {
    const { start, startApproved, device, token, store } = await createDeviceSite();
    const [pending, approved] = [await start(PUBLIC), await startApproved()];
    const { approval_token = '' } = await device.type(pending.user_code);
    await store.setOauthClientBlocked('public-client', 1);
    expect(await device.authorize({ approval_token })).toMatchObject({ code: 'oauth_client_blocked' });
    expect(await token(approved, PUBLIC)).toMatchObject({ status: 401, error: 'invalid_client' });
  });

  test('a grant that is revoked before the first poll gives nothing, and neither does a suspended user', async () => {
    const { startApproved, token, changeUser, valetkey, post } = await createDeviceSite();
    const [revoked, suspended] = [await startApproved(), await startApproved()];
    const [, first] = await valetkey.grantsOf('id-alice');
    await post('/oauth/grants/revoke', { id: String(first?.id) }, 'alice');
    expect(await token(revoked, PUBLIC)).toMatchObject({ status: 400, error: 'invalid_grant' });
    changeUser('alice', { isSuspended: true });
    expect(await token(suspended, PUBLIC)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });
});

describe('POST /oauth/token with a device code: the truth table of client, decision and expiry', () => {
  const clients = { 'public-client': 'same', 'other-client': 'other', nobody: 'unknown' } as const;
  const rows: ['pending' | 'denied' | 'approved', boolean, Record<'same' | 'other' | 'unknown', string>][] = [
    ['pending', false, { same: 'authorization_pending', other: 'invalid_grant', unknown: 'invalid_grant' }],
    ['denied', false, { same: 'access_denied', other: 'invalid_grant', unknown: 'invalid_grant' }],
    ['approved', false, { same: 'ok', other: 'invalid_grant', unknown: 'invalid_grant' }],
    ['pending', true, { same: 'expired_token', other: 'expired_token', unknown: 'expired_token' }],
    ['denied', true, { same: 'expired_token', other: 'expired_token', unknown: 'expired_token' }],
    ['approved', true, { same: 'expired_token', other: 'expired_token', unknown: 'expired_token' }],
  ];

  test.each(rows)('%s, expired: %s', async (state, isExpired, expected) => {
    const { start, device, token, advance } = await createDeviceSite();
    const started = await start(PUBLIC);
    if (state === 'approved') await device.approve(started);
    if (state === 'denied') {
      const { approval_token = '' } = await device.type(started.user_code);
      await device.deny({ approval_token });
    }
    if (isExpired) advance(600_000);
    // The client itself last: no other client may use the code up.
    for (const [client_id, name] of Object.entries(clients).reverse()) {
      const { status, error } = await token(started, { client_id });
      expect(`${name} ${status === 200 ? 'ok' : error}`).toBe(`${name} ${expected[name]}`);
    }
  });
});
