import { createOauthDevice, DEVICE_GRANT } from '@valetkey/test-support/site/oauth-device';
import { createTestSite, PUBLIC_KEY } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

describe('OAuth device flow (RFC 8628)', () => {
  const createSite = async (options: { baseUrl?: string } = {}) => {
    const site = await createTestSite(options);
    return { ...site, ...createOauthDevice(site) };
  };

  test('metadata (RFC 8414): has all endpoints, also below a base path', async () => {
    const { get, valetkey } = await createSite();
    const metadata = await (await get('/.well-known/oauth-authorization-server')).json();
    expect(metadata).toEqual({
      issuer: 'https://forum.example',
      device_authorization_endpoint: 'https://forum.example/oauth/device_authorization',
      token_endpoint: 'https://forum.example/oauth/token',
      grant_types_supported: [DEVICE_GRANT],
      response_types_supported: [],
      token_endpoint_auth_methods_supported: ['none'],
      scopes_supported: expect.arrayContaining(['read', 'write']),
    });
    expect((metadata as { scopes_supported: string[] }).scopes_supported).not.toContain('one_time_password');

    const inFolder = await createSite({ baseUrl: 'https://example.org/forum' });
    const ipAddress = new Request('https://example.org/.well-known/oauth-authorization-server/forum');
    const answer = await inFolder.valetkey.fetch(ipAddress, { ipAddress: '' });
    expect(await answer?.json()).toMatchObject({ issuer: 'https://example.org/forum' });
    await valetkey.settings.set('allow_user_api_keys', false);
    expect((await get('/.well-known/oauth-authorization-server.json')).status).toBe(403);
  });

  test('device_authorization: returns the codes and the URL to enter them, and no URL that contains the code', async () => {
    const { start } = await createSite();
    expect(await start()).toEqual({
      device_code: expect.stringMatching(/^[0-9a-f]{64}$/),
      user_code: expect.stringMatching(/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/),
      verification_uri: 'https://forum.example/user-api-key/activate',
      expires_in: 600,
      interval: 5,
    });
  });

  test('token: pending, then a user API key as bearer token, the same for a minute', async () => {
    const { start, token, device, authorize, advance, valetkey } = await createSite();
    const started = await start({ scope: 'read session_info', application_name: 'A Television' });
    expect(await token(started)).toMatchObject({ status: 400, error: 'authorization_pending' });
    expect(await device.type(started.user_code)).toMatchObject({
      state: 'authorize',
      device_auth: { application_name: 'A Television', unregistered_client: true },
    });
    advance(5_000);
    await device.approve(started);
    const answer = await token(started);
    expect(answer).toEqual({
      status: 200,
      access_token: expect.stringMatching(/^[0-9a-f]{32}$/),
      token_type: 'Bearer',
      scope: 'read session_info',
    });
    expect(await authorize(String(answer.access_token), { name: 'list#latest' })).toMatchObject({
      kind: 'key',
      principal: { user: { username: 'alice' }, key: { clientId: 'tv', scopes: ['read', 'session_info'] } },
    });
    advance(59_999);
    expect(await token(started)).toEqual(answer);
    advance(4_000);
    expect(await token(started)).toMatchObject({ status: 400, error: 'expired_token' });
    expect(await valetkey.keysOf('id-alice')).toHaveLength(1);
  });

  test('token: states the expiry of the key if one was requested', async () => {
    const { start, token, device, advance } = await createSite();
    const started = await start({ expires_in_seconds: '3600' });
    await device.approve(started);
    advance(10_000);
    expect(await token(started)).toMatchObject({ expires_in: 3590 });
  });

  test('device_authorization: uses the client id as name if there is none', async () => {
    const { start, device } = await createSite();
    const { device_auth } = await device.type((await start()).user_code);
    expect(device_auth).toMatchObject({ application_name: 'tv' });
  });

  test('token: reports denial and expiry', async () => {
    const { start, token, device, advance } = await createSite();
    const [denied, late] = [await start(), await start()];
    const { approval_token = '' } = await device.type(denied.user_code);
    await device.deny({ approval_token });
    expect(await token(denied)).toMatchObject({ status: 400, error: 'access_denied' });
    advance(600_000);
    for (const started of [denied, late, { ...late, device_code: 'f'.repeat(64) }]) {
      expect(await token(started)).toMatchObject({ status: 400, error: 'expired_token' });
    }
  });

  test.each([
    ['invalid_request', { client_id: '' }],
    ['invalid_request', { client_id: 'c'.repeat(201) }],
    ['invalid_request', { client_id: '\u3164', application_name: '' }],
    ['invalid_request', { application_name: 'evil\u202eeman' }],
    ['invalid_request', { expires_in_seconds: '0' }],
    ['invalid_request', { scope: 'x'.repeat(501) }],
    ['invalid_request', { scope: '' }],
    ['invalid_scope', { scope: 'x'.repeat(500) }],
    ['invalid_scope', { scope: 'read admin' }],
    ['invalid_scope', { scope: 'one_time_password' }],
  ])('device_authorization: returns %s for the invalid request %j', async (error, changes) => {
    const { sendRequest } = await createSite();
    const response = await sendRequest(changes);
    expect(response.status).toBe(400);
    const body = (await response.json()) as { error_description: string };
    expect(body).toMatchObject({ error, code: expect.any(String) });
    expect(body.error_description).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
  });

  test.each([
    ['/oauth/device_authorization', 'scope', { client_id: 'c' }],
    ['/oauth/device_authorization', 'client_id', { scope: 'read' }],
    ['/oauth/token', 'grant_type', { scope: 'read' }],
    ['/oauth/token', 'device_code', { grant_type: 'urn:ietf:params:oauth:grant-type:device_code' }],
  ])('POST %s without %s: names it, and the form body as its place', async (path, parameter, form) => {
    const { send } = await createSite();
    // In the query it does not count.
    const response = await send(`${path}?${parameter}=read`, {
      method: 'POST',
      body: new URLSearchParams(form as Record<string, string>),
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        error: 'invalid_request',
        error_description: `The parameter ${parameter} is missing or empty. Send ${parameter} as a parameter in the form body.`,
        code: 'parameter_missing',
      },
    ]);
  });

  test.each([
    ['invalid_request', { grant_type: '' }],
    ['unsupported_grant_type', { grant_type: 'password' }],
    ['invalid_request', { device_code: '' }],
    ['invalid_request', { client_id: '' }],
    ['invalid_grant', { client_id: 'another' }],
  ])('token: returns %s for the invalid request %j', async (error, changes) => {
    const { start, token, device } = await createSite();
    const started = await start();
    await device.approve(started);
    const answer = await token(started, changes);
    expect(answer).toMatchObject({ status: 400, error });
    expect(answer).not.toHaveProperty('access_token');
  });

  test('errors of unreadable, repeated and JSON parameters have OAuth’s form', async () => {
    const { send } = await createSite();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const path of ['/oauth/device_authorization', '/oauth/token']) {
      for (const [body, headers] of [
        ['{"client_id":"tv"}', { 'content-type': 'application/json' }],
        ['client_id=a&client_id=b', type],
        ['x='.padEnd(70_000, 'x'), type],
      ] as const) {
        const response = await send(path, { method: 'POST', body, headers });
        expect(response.status).toBe(400);
        expect(await response.json()).toMatchObject({ error: 'invalid_request' });
      }
    }
  });

  test('has the same rate limits', async () => {
    const { sendRequest } = await createSite();
    const all = await Promise.all(Array.from({ length: 25 }, () => sendRequest({}, '203.0.113.5')));
    const refused = all.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(5);
    expect(refused[0]?.headers.get('retry-after')).toBe('60');
    expect(await refused[0]?.json()).toMatchObject({ error: 'slow_down' });
  });

  test('rejects a registered client, whose keys are always encrypted', async () => {
    const { start, sendRequest, store, device, post } = await createSite();
    const before = await start();
    const client = { clientId: 'tv', applicationName: 'The Bank', publicKey: PUBLIC_KEY, scopes: ['read'] };
    const registration = { authRedirect: 'myapp://callback', createdAt: 1, createdFrom: '192.0.2.9' };
    const { approval_token = '' } = await device.type(before.user_code);
    await store.registerClient({ ...client, ...registration }, null);
    expect(await (await sendRequest()).json()).toMatchObject({
      error: 'unauthorized_client',
      code: 'client_needs_sealed_key',
    });
    const late = await post('/user-api-key/device/authorize.json', { approval_token }, 'alice');
    expect(await late.json()).toMatchObject({ code: 'client_needs_sealed_key' });
  });

  test('returns no unencrypted key for an encrypted request, and the other way round', async () => {
    const { start, token, device } = await createSite();
    const [sealed, bearer] = [await device.start({ client_id: 'tv' }), await start({ client_id: 'other' })];
    await device.approve(sealed);
    await device.approve(bearer);
    expect(await token(sealed)).toMatchObject({ error: 'invalid_grant' });
    expect(await device.poll(bearer)).toEqual({ status: 'expired_token' });
  });

  test('rejects requests if the site has no TLS', async () => {
    const { sendRequest, token, get, device } = await createSite({ baseUrl: 'http://forum.example' });
    expect(await (await sendRequest()).json()).toMatchObject({
      error: 'unauthorized_client',
      code: 'tls_required',
    });
    const started = await device.start({ client_id: 'tv' });
    expect(await token(started)).toMatchObject({ code: 'tls_required' });
    expect((await get('/.well-known/oauth-authorization-server')).status).toBe(403);
  });
});
