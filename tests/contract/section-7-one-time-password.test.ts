import { generateKeyPairSync } from 'node:crypto';
import { ask, PRIVATE_KEY, query } from '@valetkey/test-support/app-request';
import { expect, test } from 'vitest';
import { openOneTimePassword } from './open-one-time-password.ts';
import { describeContract, json, type RunningForum, refusal } from './running-forum.ts';

const REDIRECT = 'https://app.example/cb';
const OTP = '/user-api-key/otp';

const request = (changes: Record<string, string | null> = {}) =>
  ask({ client_id: null, nonce: null, scopes: null, auth_redirect: REDIRECT, ...changes });

describeContract('section 7, one-time password', (start) => {
  async function open() {
    const forum = await start();
    await forum.set('allowed_user_api_auth_redirects', `${REDIRECT}|discourse://auth_redirect`);
    return forum;
  }

  async function linkFor(forum: RunningForum, username = 'alice') {
    const person = await forum.browserOf(username);
    const { redirect_url } = await json(person.send('POST', `${OTP}.json`, request()));
    return `/session/otp/${openOneTimePassword(redirect_url)}`;
  }

  test.each<[string, number, Record<string, string | null>]>([
    ['public_key_unreadable', 400, { public_key: 'no key' }],
    ['public_key_is_private', 400, { public_key: PRIVATE_KEY }],
    ['padding_invalid', 400, { padding: 'pss' }],
    ['parameter_missing', 400, { auth_redirect: null }],
    ['parameter_missing', 400, { application_name: null }],
    ['parameter_missing', 400, { public_key: null }],
    ['redirect_not_allowed', 403, { auth_redirect: 'https://evil.example/cb' }],
  ])('GET and POST → %s %i, before any login', async (code, status, changes) => {
    const forum = await open();
    const alice = await forum.browserOf('alice');
    const values = request(changes);
    expect(await refusal(forum.send(`${OTP}.json${query(values)}`))).toBe(`${status} ${code}`);
    expect(await refusal(alice.send('POST', `${OTP}.json`, values))).toBe(`${status} ${code}`);
  });

  test('GET: login if needed, and back with every parameter intact', async () => {
    const forum = await open();
    const path = `${OTP}${query(request({ padding: 'oaep' }))}`;
    const answer = await forum.send(path);
    expect(answer.status).toBe(302);
    const login = new URL(answer.headers.get('location') ?? '', forum.url);
    expect([login.origin, login.pathname]).toEqual([forum.url, '/login']);
    expect(login.searchParams.get('return_to')).toBe(path);
  });

  test('GET: else the page and the model', async () => {
    const forum = await open();
    const alice = await forum.browserOf('alice');
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

  test.each(['pkcs1', 'oaep'] as const)(
    'POST → 302 or {"redirect_url"} with oneTimePassword=, sealed with %s',
    async (padding) => {
      const forum = await open();
      const alice = await forum.browserOf('alice');
      const form = await alice.submit(OTP, request({ padding }));
      expect(form.status).toBe(302);
      const location = form.headers.get('location');
      expect(location).toMatch(/^https:\/\/app\.example\/cb\?oneTimePassword=[^&#+]+$/);
      const { redirect_url } = await json(alice.send('POST', `${OTP}.json`, request({ padding })));
      expect(openOneTimePassword(location, padding)).toMatch(/^[0-9a-f]{32}$/);
      expect(openOneTimePassword(redirect_url, padding)).not.toBe(openOneTimePassword(location, padding));
    },
  );

  test('POST is refused 403 if the site’s allowed scopes lack one_time_password', async () => {
    const forum = await open();
    await forum.set('allow_user_api_key_scopes', 'read|write');
    const alice = await forum.browserOf('alice');
    expect(await refusal(alice.send('POST', `${OTP}.json`, request()))).toBe('403 scope_not_allowed');
  });

  test('POST takes a session with its CSRF token, and no key', async () => {
    const forum = await open();
    const alice = await forum.browserOf('alice');
    const forged = { 'x-csrf-token': 'guessed' };
    expect(await refusal(alice.send('POST', `${OTP}.json`, request(), forged))).toBe('403 csrf_invalid');
    const key = await forum.issueKey('alice', 'write,one_time_password');
    expect(await refusal(forum.call(key, `${OTP}.json`, 'POST', request()))).toBe('403 session_required');
    const anonymous = { method: 'POST', body: new URLSearchParams(request()) };
    expect(await refusal(forum.send(`${OTP}.json`, anonymous))).toBe('403 login_required');
  });

  test('a client whose public key is registered may only use its own redirect', async () => {
    const forum = await open();
    await forum.set('allow_user_api_key_client_scopes', 'one_time_password');
    const own = { client_id: 'hub', scopes: 'one_time_password', auth_redirect: 'discourse://auth_redirect' };
    const registration = request(own);
    const body = new URLSearchParams(registration);
    expect((await forum.send('/user-api-key-client.json', { method: 'POST', body })).status).toBe(200);
    const alice = await forum.browserOf('alice');
    const approve = (changes: Record<string, string>) => alice.send('POST', `${OTP}.json`, request(changes));
    expect(await refusal(approve({}))).toBe('403 client_redirect_mismatch');
    expect((await approve({ auth_redirect: 'discourse://auth_redirect' })).status).toBe(200);
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const other = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect((await approve({ public_key: other })).status).toBe(200);
  });

  test('GET /session/otp/:token shows “sign in as alice?” and changes nothing', async () => {
    const forum = await open();
    const link = await linkFor(forum);
    const preview = forum.newBrowser();
    for (let visit = 0; visit < 3; visit += 1) {
      const page = await preview.get(link);
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Sign in as alice?')]);
    }
    expect((await preview.get('/session/current.json')).status).toBe(404);
    await preview.fetchCsrfToken();
    expect((await preview.submit(link, {})).status).toBe(303);
  });

  test('POST /session/otp/:token signs in, once, whoever comes at the same instant; 403 after', async () => {
    const forum = await open();
    const link = await linkFor(forum);
    const racers = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const browser = forum.newBrowser();
        await browser.fetchCsrfToken();
        return browser;
      }),
    );
    const statuses = await Promise.all(
      racers.map(async (browser) => (await browser.submit(link, {})).status),
    );
    expect(statuses.toSorted()).toEqual([303, 403, 403, 403, 403]);
    const winner = racers[statuses.indexOf(303)] ?? forum.newBrowser();
    expect((await json(winner.get('/session/current.json'))).current_user.username).toBe('alice');
    expect((await forum.newBrowser().get(link)).status).toBe(403);
  });

  test('is good for ten minutes, 403 after', async () => {
    const forum = await open();
    const [early, late] = [await linkFor(forum), await linkFor(forum, 'bob')];
    const browser = forum.newBrowser();
    await browser.fetchCsrfToken();
    forum.advance(599_999);
    expect((await browser.submit(early, {})).status).toBe(303);
    forum.advance(1);
    const another = forum.newBrowser();
    await another.fetchCsrfToken();
    expect([(await another.get(late)).status, (await another.submit(late, {})).status]).toEqual([403, 403]);
  });

  test('asking, approving, signing in and their refusals are kept by nobody', async () => {
    const forum = await open();
    const alice = await forum.browserOf('alice');
    const link = await linkFor(forum);
    const phone = forum.newBrowser();
    await phone.fetchCsrfToken();
    const answers = [
      await forum.send(`${OTP}${query(request())}`),
      await forum.send(`${OTP}.json${query(request({ padding: 'pss' }))}`),
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
