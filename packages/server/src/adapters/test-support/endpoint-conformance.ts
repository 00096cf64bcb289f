import { keyRequest, open, query } from '@valetkey/test-support/app-request';
import { createPngOfSize } from '@valetkey/test-support/icons';
import { csrfOf } from '@valetkey/test-support/site/test-site';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type AdapterUnderTest, ORIGIN, startTestedApp, type TestedApp } from './adapter-under-test.ts';

const COOKIE = 'session=alice';
const values = () => ({
  ...keyRequest({ auth_redirect: null, scopes: 'photos' }),
  authenticity_token: csrfOf('alice'),
});

/** Valetkey's own endpoints, from the consent page to the key. */
export function endpointConformance(adapter: AdapterUnderTest): void {
  describe(`${adapter.name}: the endpoints`, () => {
    let app: TestedApp | undefined;
    afterEach(() => app?.stop());
    const start = async (options: Parameters<typeof startTestedApp>[1] = {}) => {
      app = await startTestedApp(adapter, options);
      return app;
    };

    test.each(['', '/forum'])('in the folder %j: consent, approval and use of the key', async (prefix) => {
      const { send } = await start({ prefix });
      const asked = query(keyRequest({ auth_redirect: null, scopes: 'photos' }));
      const signIn = await send(`/user-api-key/new${asked}`);
      expect([signIn.status, signIn.headers.get('location')]).toEqual([
        302,
        expect.stringMatching(/^\/login\?return_to=/),
      ]);
      const page = await send(`/user-api-key/new${asked}`, { headers: { Cookie: COOKIE } });
      expect(await page.text()).toContain(`action="${prefix}/user-api-key"`);
      const approved = await send('/user-api-key.json', {
        method: 'POST',
        headers: { Cookie: COOKIE },
        body: new URLSearchParams(values()),
      });
      const { payload } = (await approved.json()) as { payload: string };
      const { key } = open(payload);
      const photo = await send('/photos/7', { headers: { 'User-Api-Key': key } });
      expect(await photo.json()).toMatchObject({ reader: 'alice' });
      const probe = await send('/user-api-key/new', { method: 'HEAD' });
      expect([probe.status, probe.headers.get('auth-api-version')]).toEqual([200, '4']);
    });

    test('outside of its folder: the site responds', async () => {
      const { port } = await start({ prefix: '/forum' });
      expect((await fetch(`http://127.0.0.1:${port}/user-api-key/new`)).status).toBe(404);
    });

    test.each(adapter.parsers)(
      'behind the body parser %s: a form, JSON and an empty body',
      async (parser) => {
        const { send, site, issueKey } = await start({ parser });
        const form = await send('/user-api-key.json', {
          method: 'POST',
          headers: { Cookie: COOKIE },
          body: new URLSearchParams(values()),
        });
        expect([form.status, await form.text()]).toEqual([200, expect.stringContaining('payload')]);
        const json = await send('/user-api-key.json', {
          method: 'POST',
          headers: { Cookie: COOKIE, 'Content-Type': 'application/json', 'X-CSRF-Token': csrfOf('alice') },
          body: JSON.stringify({
            ...keyRequest({ auth_redirect: null, scopes: 'photos' }),
            expires_in_seconds: 60,
          }),
        });
        const { payload } = (await json.json()) as { payload: string };
        expect(open(payload).expires_at).toBeDefined();
        const key = await issueKey('photos');
        const revoked = await send('/user-api-key/revoke', {
          method: 'POST',
          headers: { 'User-Api-Key': key },
        });
        expect(revoked.status).toBe(200);
        expect((await site.valetkey.keysOf('id-alice')).map(({ clientId }) => clientId)).toEqual([
          'client-1',
        ]);
      },
    );

    test.each(adapter.parsers)(
      'behind the body parser %s: the site’s own route reads its body',
      async (parser) => {
        const { send, issueKey } = await start({ parser });
        const response = await send('/photos', {
          method: 'POST',
          headers: { 'User-Api-Key': await issueKey('photos:create'), 'Content-Type': 'application/json' },
          body: '{"title":"Plums"}',
        });
        expect(await response.json()).toEqual({ title: 'Plums' });
      },
    );

    test('multipart/form-data: accepted', async () => {
      const { send } = await start();
      const body = new FormData();
      for (const [name, value] of Object.entries(values())) body.set(name, value);
      const response = await send('/user-api-key.json', {
        method: 'POST',
        headers: { Cookie: COOKIE },
        body,
      });
      expect(response.status).toBe(200);
    });

    test.each(['', '/forum'])('in the folder %j: an uploaded icon is served byte by byte', async (prefix) => {
      const { send, site } = await start({ prefix });
      const registered = { clientId: 'plum', applicationName: 'Plum', publicKey: 'PEM', scopes: ['read'] };
      const origin = { authRedirect: 'https://app.example/cb', createdAt: 1, createdFrom: '192.0.2.1' };
      await site.store.registerClient({ ...registered, ...origin }, null);
      const file = createPngOfSize(65_536);
      const body = new FormData();
      body.set('authenticity_token', csrfOf('admin'));
      body.set('icon', new File([Uint8Array.from(file)], 'icon.png'));
      const path = '/admin/user-api-key-clients/icon.json?kind=app&client_id=plum';
      const saved = await send(path, { method: 'POST', headers: { Cookie: 'session=admin' }, body });
      const { icon } = (await saved.json()) as { icon: string };
      expect([saved.status, icon.startsWith(`${prefix}/admin/`)]).toEqual([200, true]);
      const served = await send(icon.slice(prefix.length));
      expect(served.headers.get('content-type')).toBe('image/png');
      expect(Buffer.from(await served.arrayBuffer()).equals(file)).toBe(true);
    });

    test('a body above 64 KiB: refused', async () => {
      const { send } = await start();
      const body = new URLSearchParams({ ...values(), application_name: 'x'.repeat(70_000) });
      const response = await send('/user-api-key.json', {
        method: 'POST',
        headers: { Cookie: COOKIE },
        body,
      });
      expect([response.status, await response.json()]).toEqual([
        413,
        expect.objectContaining({ code: 'body_too_large' }),
      ]);
    });

    test('a session with a key: refused, because a key issues no keys', async () => {
      const { send, issueKey } = await start();
      const response = await send('/user-api-key.json', {
        method: 'POST',
        headers: { Cookie: COOKIE, 'User-Api-Key': await issueKey('photos') },
        body: new URLSearchParams(values()),
      });
      expect([response.status, await response.json()]).toEqual([
        403,
        expect.objectContaining({ code: 'session_required' }),
      ]);
    });

    test('an error of the site’s own functions: handled by the framework', async () => {
      const failing = (what: string) => () => {
        throw new Error(`${what} are down`);
      };
      const { send, issueKey } = await start({ site: { findUser: failing('users') } });
      const headers = { 'User-Api-Key': await issueKey('photos') };
      const guarded = await send('/photos/7', { headers });
      expect([guarded.status, await guarded.json()]).toEqual([500, { site: 'users are down' }]);
      await app?.stop();
      const other = await start({ site: { findSession: failing('sessions') } });
      const page = await other.send(`/user-api-key/new${query(keyRequest())}`);
      expect([page.status, await page.json()]).toEqual([500, { site: 'sessions are down' }]);
    });
  });

  describe(`${adapter.name}: the IP address of a client`, () => {
    let app: TestedApp | undefined;
    afterEach(() => app?.stop());

    test.each([
      [false, '203.0.113.9', '127.0.0.1'],
      [true, '198.51.100.7, 203.0.113.9', '203.0.113.9'],
      [true, '198.51.100.7, 203.0.113.9, 127.0.0.1', '203.0.113.9'],
    ])('trust %s, X-Forwarded-For: %s → %s', async (trustsProxy, forwardedFor, expected) => {
      app = await startTestedApp(adapter, { trustsProxy });
      await app.send('/photos/7', {
        headers: { 'X-Forwarded-For': forwardedFor, 'User-Api-Key': 'f'.repeat(32) },
      });
      expect(app.ipAddresses).toEqual([expected]);
    });
  });

  describe(`${adapter.name}: CORS`, () => {
    let app: TestedApp;
    beforeAll(async () => {
      app = await startTestedApp(adapter);
    });
    afterAll(() => app?.stop());
    const preflight = (origin: string) =>
      app.send('/photos/7', {
        method: 'OPTIONS',
        headers: { Origin: origin, 'Access-Control-Request-Method': 'GET' },
      });

    test('a preflight request of an allowed origin: allowed, without a key', async () => {
      const response = await preflight(ORIGIN);
      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-headers')).toContain('User-Api-Key');
    });

    test('another origin: allowed nothing', async () => {
      expect((await preflight('https://other.example')).headers.has('access-control-allow-origin')).toBe(
        false,
      );
      const response = await app.send('/open', { headers: { Origin: 'https://other.example' } });
      expect(response.headers.has('access-control-allow-origin')).toBe(false);
      expect(response.headers.get('vary')).toMatch(/\bOrigin\b/);
    });

    test.each([
      ['a guarded route', '/photos/7', 200],
      ['an open route', '/open', 200],
      ['the 404 of the site', '/nothing', 404],
      ['a page of Valetkey', '/user-api-key/activate', 302],
    ])('an allowed origin: can read %s', async (_name, path, status) => {
      const response = await app.send(path, { headers: { Origin: ORIGIN } });
      expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([
        status,
        ORIGIN,
      ]);
      expect(response.headers.get('access-control-expose-headers')).toContain('RateLimit');
      expect(response.headers.get('vary')?.match(/\bOrigin\b/g)).toHaveLength(1);
    });

    test('an allowed origin: can read a refusal', async () => {
      const headers = { Origin: ORIGIN, 'User-Api-Key': 'f'.repeat(32) };
      const response = await app.send('/photos/7', { headers });
      expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([403, ORIGIN]);
    });

    test('the header Vary of the site: kept', async () => {
      const response = await app.send('/open', { headers: { Origin: ORIGIN } });
      expect(response.headers.get('vary')).toMatch(/\bAccept-Language\b/);
    });
  });
}
