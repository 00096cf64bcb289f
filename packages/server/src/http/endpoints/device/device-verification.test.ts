import { hash } from 'node:crypto';
import { createDevice, requestTokenOf } from '@valetkey/test-support/site/device-site';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const EXPIRED = { state: 'enter_code', expired_code: true };

describe('a person connects a device', () => {
  const createSite = async () => {
    const site = await createTestSite();
    const show = async (path: string, as = 'alice') =>
      (await site.get(`/user-api-key/activate.json${path}`, { cookie: `session=${as}` })).json();
    return { ...site, device: createDevice(site), show };
  };

  test('who is signed in is asked for the code', async () => {
    const { show } = await createSite();
    expect(await show('')).toEqual({ state: 'enter_code' });
  });

  test('a code in an address is never taken, and leaves the address', async () => {
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

  test('a code in the address of a form is not taken either', async () => {
    const { post, device } = await createSite();
    const { user_code } = await device.start();
    const response = await post(`/user-api-key/activate.json?code=${user_code}`, {}, 'alice');
    expect(await response.json()).toEqual({ state: 'enter_code', invalid_code: true });
  });

  test('nobody signed in is led to sign in and back, with the request and without the code', async () => {
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

  test('a link shows what is asked, before any code, and changes nothing', async () => {
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

  test('a link to nothing, or to what is over, asks for a code', async () => {
    const { device, show, advance } = await createSite();
    const started = await device.start();
    expect(await show('?request=AbCd_-12')).toEqual(EXPIRED);
    advance(600_000);
    expect(await show(`?request=${requestTokenOf(started)}`)).toEqual(EXPIRED);
  });

  test.each([
    ['as shown', (code: string) => code],
    ['in small letters', (code: string) => code.toLowerCase()],
    ['without the dash', (code: string) => code.replace('-', '')],
    ['pasted with blanks', (code: string) => ` ${code.replace('-', ' ')}\n`],
  ])('a code typed %s leads to the decision', async (_how, spell) => {
    const { device } = await createSite();
    const { user_code } = await device.start();
    expect(await device.type(spell(user_code))).toEqual({
      state: 'authorize',
      approval_token: expect.stringMatching(/^[0-9a-f]{32}$/),
      device_auth: expect.objectContaining({ write_scope: false, expires_at: null }),
    });
  });

  test('a wrong code is said to be wrong, and nothing is shown', async () => {
    const { device } = await createSite();
    await device.start();
    for (const code of ['BADC-2345', '', 'x', '☃'.repeat(8)]) {
      expect(await device.type(code)).toEqual({ state: 'enter_code', invalid_code: true });
    }
  });

  test('who may not approve is told so, and the code stays good', async () => {
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

  test('fields that are too long, or no text, are refused with 400', async () => {
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

  test('every answer is kept by nobody', async () => {
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
