import { generateKeyPairSync } from 'node:crypto';
import { keyRequest, PRIVATE_KEY, query } from '@valetkey/test-support/app-request';
import { json, refusalOf } from '@valetkey/test-support/responses';
import { describe, expect } from 'vitest';
import { openOneTimePassword } from './open-one-time-password.ts';
import type { ContractSite } from './target/contract-site.ts';
import { test as contractTest } from './target/contract-test.ts';

const REDIRECT = 'https://app.example/cb';
const OTP = '/user-api-key/otp';

const request = (changes: Record<string, string | null> = {}) =>
  keyRequest({ client_id: null, nonce: null, scopes: null, auth_redirect: REDIRECT, ...changes });

/** The site allows the redirect of the client and that of DiscourseHub. */
const test = contractTest.extend<{ site: ContractSite }>({
  site: async ({ site, settings }, use) => {
    await settings.set('allowed_user_api_auth_redirects', `${REDIRECT}|discourse://auth_redirect`);
    await use(site);
  },
});

describe('one-time passwords', () => {
  async function linkFor(site: ContractSite, username = 'alice') {
    const person = await site.browserOf(username);
    const { redirect_url } = await json(person.send('POST', `${OTP}.json`, request()));
    return `/session/otp/${openOneTimePassword(redirect_url)}`;
  }

  test.for<[string, number, Record<string, string | null>]>([
    ['public_key_unreadable', 400, { public_key: 'no key' }],
    ['public_key_is_private', 400, { public_key: PRIVATE_KEY }],
    ['padding_invalid', 400, { padding: 'pss' }],
    ['parameter_missing', 400, { auth_redirect: null }],
    ['parameter_missing', 400, { application_name: null }],
    ['parameter_missing', 400, { public_key: null }],
    ['redirect_not_allowed', 403, { auth_redirect: 'https://evil.example/cb' }],
  ])(
    'GET and POST /user-api-key/otp: reject with %s (%i) before any login',
    async ([code, status, changes], { site }) => {
      const alice = await site.browserOf('alice');
      const values = request(changes);
      expect(await refusalOf(site.send(`${OTP}.json${query(values)}`))).toBe(`${status} ${code}`);
      expect(await refusalOf(alice.send('POST', `${OTP}.json`, values))).toBe(`${status} ${code}`);
    },
  );

  test('GET /user-api-key/otp: redirects to the login, and back with every parameter intact', async ({
    site,
  }) => {
    const path = `${OTP}${query(request({ padding: 'oaep' }))}`;
    const answer = await site.send(path);
    expect(answer.status).toBe(302);
    const login = new URL(answer.headers.get('location') ?? '', site.url);
    expect([login.origin, login.pathname]).toEqual([site.url, '/login']);
    expect(login.searchParams.get('return_to')).toBe(path);
  });

  test('GET /user-api-key/otp: returns a page, and JSON with the request', async ({ site }) => {
    const alice = await site.browserOf('alice');
    const page = await alice.get(`${OTP}${query(request())}`);
    expect(page.status).toBe(200);
    expect(await page.text()).toMatch(/Plum Reader[\s\S]*app\.example/);
    expect(await json(alice.get(`${OTP}.json${query(request())}`))).toMatchObject({
      state: 'ready',
      application_name: 'Plum Reader',
      auth_redirect: REDIRECT,
      redirect_uri: 'app.example',
      current_user: { username: 'alice' },
    });
  });

  test.for(['pkcs1', 'oaep'] as const)(
    'POST /user-api-key/otp: returns 302 or {"redirect_url"} with oneTimePassword=, encrypted with %s',
    async (padding, { site }) => {
      const alice = await site.browserOf('alice');
      const form = await alice.submit(OTP, request({ padding }));
      expect(form.status).toBe(302);
      const location = form.headers.get('location');
      expect(location).toMatch(/^https:\/\/app\.example\/cb\?oneTimePassword=[^&#+]+$/);
      const { redirect_url } = await json(alice.send('POST', `${OTP}.json`, request({ padding })));
      expect(openOneTimePassword(location, padding)).toMatch(/^[0-9a-f]{32}$/);
      expect(openOneTimePassword(redirect_url, padding)).not.toBe(openOneTimePassword(location, padding));
    },
  );

  test('POST /user-api-key/otp: 403 scope_not_allowed where the site does not allow one_time_password', async ({
    site,
    settings,
  }) => {
    await settings.set('allow_user_api_key_scopes', 'read|write');
    const alice = await site.browserOf('alice');
    expect(await refusalOf(alice.send('POST', `${OTP}.json`, request()))).toBe('403 scope_not_allowed');
  });

  test('POST /user-api-key/otp: needs a session and its CSRF token; rejects a key', async ({ site }) => {
    const alice = await site.browserOf('alice');
    const forged = { 'x-csrf-token': 'guessed' };
    expect(await refusalOf(alice.send('POST', `${OTP}.json`, request(), forged))).toBe('403 csrf_invalid');
    const key = await site.issueKey('alice', 'write,one_time_password');
    expect(await refusalOf(site.call(key, `${OTP}.json`, 'POST', { body: request() }))).toBe(
      '403 session_required',
    );
    const anonymous = { method: 'POST', body: new URLSearchParams(request()) };
    expect(await refusalOf(site.send(`${OTP}.json`, anonymous))).toBe('403 login_required');
  });

  contractTest(
    'POST /user-api-key/otp: a registered public key may use only the redirect of its client',
    async ({ freshSite: site, settings }) => {
      await settings.set('allowed_user_api_auth_redirects', `${REDIRECT}|discourse://auth_redirect`);
      await settings.set('allow_user_api_key_client_scopes', 'one_time_password');
      const own = {
        client_id: 'hub',
        scopes: 'one_time_password',
        auth_redirect: 'discourse://auth_redirect',
      };
      const registration = request(own);
      const body = new URLSearchParams(registration);
      expect((await site.send('/user-api-key-client.json', { method: 'POST', body })).status).toBe(200);
      const alice = await site.browserOf('alice');
      const approve = (changes: Record<string, string>) =>
        alice.send('POST', `${OTP}.json`, request(changes));
      expect(await refusalOf(approve({}))).toBe('403 client_redirect_mismatch');
      expect((await approve({ auth_redirect: 'discourse://auth_redirect' })).status).toBe(200);
      const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const other = publicKey.export({ type: 'spki', format: 'pem' }).toString();
      expect((await approve({ public_key: other })).status).toBe(200);
    },
  );

  test('GET /session/otp/:token: asks before the sign-in and changes nothing', async ({ site }) => {
    const link = await linkFor(site);
    const preview = site.newBrowser();
    for (let visit = 0; visit < 3; visit += 1) {
      const page = await preview.get(link);
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Sign in as alice?')]);
    }
    expect((await preview.get('/session/current.json')).status).toBe(404);
    await preview.fetchCsrfToken();
    expect((await preview.submit(link, {})).status).toBe(303);
  });

  test('POST /session/otp/:token: signs in exactly one of several requests at once; 403 afterwards', async ({
    site,
  }) => {
    const link = await linkFor(site);
    const racers = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const browser = site.newBrowser();
        await browser.fetchCsrfToken();
        return browser;
      }),
    );
    const statuses = await Promise.all(
      racers.map(async (browser) => (await browser.submit(link, {})).status),
    );
    expect(statuses.toSorted()).toEqual([303, 403, 403, 403, 403]);
    const winner = racers[statuses.indexOf(303)] ?? site.newBrowser();
    expect((await json(winner.get('/session/current.json'))).current_user.username).toBe('alice');
    expect((await site.newBrowser().get(link)).status).toBe(403);
  });

  test('POST /session/otp/:token: 403 after ten minutes', async ({ site, clock }) => {
    const [early, late] = [await linkFor(site), await linkFor(site, 'bob')];
    const browser = site.newBrowser();
    await browser.fetchCsrfToken();
    clock.advance(599_999);
    expect((await browser.submit(early, {})).status).toBe(303);
    clock.advance(1);
    const another = site.newBrowser();
    await another.fetchCsrfToken();
    expect([(await another.get(late)).status, (await another.submit(late, {})).status]).toEqual([403, 403]);
  });

  test('answers about one-time passwords, refusals too: Cache-Control no-store, Referrer-Policy same-origin', async ({
    site,
  }) => {
    const alice = await site.browserOf('alice');
    const link = await linkFor(site);
    const phone = site.newBrowser();
    await phone.fetchCsrfToken();
    const answers = [
      await site.send(`${OTP}${query(request())}`),
      await site.send(`${OTP}.json${query(request({ padding: 'pss' }))}`),
      await alice.get(`${OTP}${query(request())}`),
      await alice.submit(OTP, request()),
      await phone.get(link),
      await phone.submit(link, { authenticity_token: 'guessed' }),
      await phone.submit(link, {}),
      await phone.get(link),
      await phone.submit(link, {}),
    ];
    expect(answers.map(({ status }) => status)).toEqual([302, 400, 200, 302, 200, 403, 303, 403, 403]);
    for (const { status, headers } of answers) {
      const kept = ['cache-control', 'pragma', 'expires', 'referrer-policy'].map((name) => headers.get(name));
      expect([status, ...kept]).toEqual([status, 'no-store', 'no-cache', '0', 'same-origin']);
    }
  });
});
