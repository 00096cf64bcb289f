import { hash } from 'node:crypto';
import { createDevice, requestTokenOf } from '@valetkey/test-support/site/device-site';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const EXPIRED = { state: 'enter_code', expired_code: true };

describe('/user-api-key/activate', () => {
  const createSite = async () => {
    const site = await createTestSite();
    const show = async (path: string, as = 'alice') =>
      (await site.get(`/user-api-key/activate.json${path}`, { cookie: `session=${as}` })).json();
    return { ...site, device: createDevice(site), show };
  };

  test('asks a signed-in user for the code', async () => {
    const { show } = await createSite();
    expect(await show('')).toEqual({ state: 'enter_code' });
  });

  test('ignores a code in the URL, and redirects to the URL without it', async () => {
    const { get, device } = await createSite();
    const started = await device.start();
    const cookie = 'session=alice';
    const code = `code=${started.user_code}`;
    const plain = await get(`/user-api-key/activate?${code}`, { cookie });
    expect([plain.status, plain.headers.get('location')]).toEqual([302, '/user-api-key/activate']);
    const request = requestTokenOf(started);
    const linked = await get(`/user-api-key/activate?${code}&request=${request}`, { cookie });
    expect(linked.headers.get('location')).toBe(`/user-api-key/activate?request=${request}`);
    const { status } = await device.poll(started);
    expect(status).toBe('authorization_pending');
  });

  test('ignores a code in the action URL of a form', async () => {
    const { post, device } = await createSite();
    const { user_code } = await device.start();
    const response = await post(`/user-api-key/activate.json?code=${user_code}`, {}, 'alice');
    expect(await response.json()).toEqual({ state: 'enter_code', invalid_code: true });
  });

  test('redirects to sign-in and back, with the request and without the code', async () => {
    const { get, post } = await createSite();
    const returnTo = (response: Response) =>
      new URL(response.headers.get('location') ?? '', 'https://forum.example').searchParams.get('return_to');
    const opened = await get('/user-api-key/activate?request=AbCd_-12&code=WXYZ-2345');
    expect(opened.status).toBe(302);
    expect(returnTo(opened)).toBe('/user-api-key/activate?request=AbCd_-12');
    const sent = await post('/user-api-key/activate', { code: 'WXYZ-2345', request: 'AbCd_-12' }, null);
    expect(sent.status).toBe(303);
    expect(returnTo(sent)).toBe('/user-api-key/activate?request=AbCd_-12');
    for (const path of ['activate', 'device/authorize', 'device/deny']) {
      expect((await post(`/user-api-key/${path}`, { approval_token: 'x' }, null)).status).toBe(303);
      const json = await post(`/user-api-key/${path}.json`, { approval_token: 'x' }, null);
      expect(json.status).toBe(403);
      expect(await json.json()).toMatchObject({ code: 'login_required' });
    }
  });

  test('a link shows the request before the code is entered, and changes nothing', async () => {
    const { device, show, store, now } = await createSite();
    const started = await device.start({ scopes: 'read,write', expires_in_seconds: '86400' });
    const request = requestTokenOf(started);
    const shown = await show(`?request=${request}`);
    expect(shown).toEqual({
      state: 'authorize',
      request_token: request,
      device_auth: {
        application_name: 'Plum Reader',
        localized_scopes: [
          'Read everything you can read',
          'Read, write, change and delete everything you can, in your name',
        ],
        write_scope: true,
        unregistered_client: true,
        expires_at: new Date(now() + 86_400_000).toISOString(),
        requested_at: new Date(now()).toISOString(),
        requested_from: '198.51.100.1',
      },
    });
    expect(await show(`?request=${request}`, 'bob')).toEqual(shown);
    const grant = await store.findGrant('requestToken', hash('sha256', request), now());
    expect(grant).toMatchObject({ state: 'pending', userId: null, approvalTokenHash: null });
    expect((await device.poll(started)).status).toBe('authorization_pending');
  });

  test('a link to an unknown or expired request asks for a code', async () => {
    const { device, show, advance } = await createSite();
    const started = await device.start();
    expect(await show('?request=AbCd_-12')).toEqual(EXPIRED);
    advance(600_000);
    expect(await show(`?request=${requestTokenOf(started)}`)).toEqual(EXPIRED);
  });

  test.each([
    ['as shown', (code: string) => code],
    ['in lower case', (code: string) => code.toLowerCase()],
    ['without the dash', (code: string) => code.replace('-', '')],
    ['pasted with spaces', (code: string) => ` ${code.replace('-', ' ')}\n`],
  ])('a code typed %s leads to the decision', async (_how, spell) => {
    const { device } = await createSite();
    const { user_code } = await device.start();
    expect(await device.type(spell(user_code))).toEqual({
      state: 'authorize',
      approval_token: expect.stringMatching(/^[0-9a-f]{32}$/),
      device_auth: expect.objectContaining({ write_scope: false, expires_at: null }),
    });
  });

  test('a wrong code is reported, and nothing is shown', async () => {
    const { device } = await createSite();
    await device.start();
    for (const code of ['BADC-2345', '', 'x', '☃'.repeat(8)]) {
      expect(await device.type(code)).toEqual({ state: 'enter_code', invalid_code: true });
    }
  });

  test('a user who may not approve gets an explanation, and the code stays valid', async () => {
    const { device, valetkey, show } = await createSite();
    await valetkey.settings.set('user_api_key_allowed_groups', 'trust_level_1');
    const started = await device.start();
    const refused = { state: 'enter_code', no_trust_level: true };
    expect(await device.type(started.user_code, 'bob')).toEqual(refused);
    expect(
      await device.authorize({ request: requestTokenOf(started), code: started.user_code }, 'bob'),
    ).toEqual(refused);
    expect(await show(`?request=${requestTokenOf(started)}`, 'bob')).toEqual(refused);
    expect(await device.approve(started, 'alice')).toMatchObject({ state: 'complete' });
  });

  test('fields that are too long or not text are rejected (400)', async () => {
    const { post, get } = await createSite();
    const long = 'x'.repeat(257);
    const answers = [
      await post('/user-api-key/activate.json', { code: long }, 'alice'),
      await post('/user-api-key/activate.json', { code: 'x', request: long }, 'alice'),
      await post('/user-api-key/device/authorize.json', { approval_token: long }, 'alice'),
      await post('/user-api-key/device/deny.json', { approval_token: long }, 'alice'),
      await get(`/user-api-key/activate.json?request=${long}`, { cookie: 'session=alice' }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ code: 'parameter_too_long' });
    }
  });

  test('responses forbid caching', async () => {
    const { get, post, device } = await createSite();
    const { user_code } = await device.start();
    const answers = [
      await get('/user-api-key/activate', { cookie: 'session=alice' }),
      await get('/user-api-key/activate?code=x', { cookie: 'session=alice' }),
      await post('/user-api-key/activate', { code: user_code }, 'alice'),
      await post('/user-api-key/device/authorize', { approval_token: 'x' }, 'alice'),
      await post('/user-api-key/device/deny', { approval_token: 'x' }, 'alice'),
    ];
    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('pragma')).toBe('no-cache');
      expect(headers.get('expires')).toBe('0');
      expect(headers.get('referrer-policy')).toBe('same-origin');
    }
  });
});
