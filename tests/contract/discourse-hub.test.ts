// DiscourseHub is Discourse's app for phones, and cannot be changed for our sake. Its source (github.com/discourse/
// DiscourseMobile, August 2026) says what it sends and what it reads of the answers; beside each expectation stands where.
import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { json } from '@valetkey/test-support/responses';
import { describe, expect } from 'vitest';
import type { ContractSite } from './target/contract-site.ts';
import { test } from './target/contract-test.ts';

const REDIRECT = 'discourse://auth_redirect';
const PUSH_URL = 'https://api.discourse.org/api/publish_ios';
/** As long as the tokens of Android's push service are; the app makes it its client id. */
const PUSH_TOKEN = `dq3Vx_-7Qk2:APA91b${'a1B2-c3_'.repeat(17)}`;

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** site_manager.js, `serializeParams` */
const serialize = (values: Record<string, string>) =>
  Object.entries(values)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');

/** site_manager.js, `parseURLparameters`: what follows the first `?`, cut at `&` and at `=`, and nothing but percents decoded. */
function parseCallback(address: string): Record<string, string> {
  const pairs = (address.split('?')[1] ?? '').split('&').map((pair) => pair.split('='));
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, decodeURIComponent(value)]));
}

/** site_manager.js, `decryptHelper`: its library knows PKCS#1 v1.5 only. */
const decrypt = (sealed: string) =>
  privateDecrypt(
    { key: privateKey, padding: constants.RSA_PKCS1_PADDING },
    Buffer.from(sealed, 'base64'),
  ).toString();

/** site.js, `jsonApi`: these headers, whatever the method; a body only where there is data; 200 and JSON, or it gives up. */
function createApi(site: ContractSite, authToken: string) {
  return async (path: string, method = 'GET', data?: object, clientId = '') => {
    const answer = await site.send(path, {
      method,
      headers: {
        'User-Api-Key': authToken,
        'User-Agent': 'Discourse ios App / 1.0',
        'Content-Type': 'application/json',
        'Dont-Chunk': 'true',
        'User-Api-Client-Id': clientId,
      },
      ...(data && { body: JSON.stringify(data) }),
    });
    expect([path, answer.status]).toEqual([path, 200]);
    return json(answer);
  };
}

/** site_manager.js, `generateAuthURL`: these parameters, in this order. */
const connectPath = (nonce: string) =>
  `/user-api-key/new?${serialize({
    scopes: 'notifications,session_info,one_time_password',
    client_id: 'f00d'.repeat(16),
    nonce,
    push_url: PUSH_URL,
    auth_redirect: REDIRECT,
    application_name: 'Discourse - Alice’s iPhone',
    public_key: publicKey,
    discourse_app: '1',
  })}`;

/** Presses the button of the page that a path leads to, as the web view of the app has it. */
async function press(site: ContractSite, path: string, action: string): Promise<string> {
  const alice = await site.browserOf('alice');
  const page = await alice.get(path);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain(`action="${action}"`);
  const answer = await alice.submit(action, Object.fromEntries(new URLSearchParams(path.split('?')[1])));
  expect(answer.status).toBe(302);
  return answer.headers.get('location') ?? '';
}

/** From the button “Connect” to a site that the app can ask. */
async function connect(site: ContractSite) {
  const callback = parseCallback(await press(site, connectPath('b'.repeat(32)), '/user-api-key'));
  const payload = JSON.parse(decrypt(callback.payload ?? ''));
  return { callback, payload, api: createApi(site, payload.key) };
}

describe('DiscourseHub', () => {
  test('adding a site: HEAD /user-api-key/new, then GET /site/basic-info.json', async ({ site }) => {
    // site.js, `fromURL`: 404 means no such feature, below 2 too old; where the answer came from becomes the site's address.
    const probe = await site.send('/user-api-key/new', { method: 'HEAD' });
    expect(probe.status).toBe(200);
    expect(Number.parseInt(probe.headers.get('auth-api-version') ?? '', 10)).toBeGreaterThanOrEqual(2);
    expect(probe.url).toBe(`${site.url}/user-api-key/new`);
    // Its name and description stand in the list of sites; an icon has to be an address, or nothing.
    const info = await json(site.send('/site/basic-info.json'));
    expect(info).toMatchObject({
      title: 'Plum Forum',
      description: expect.any(String),
      login_required: false,
    });
    expect([null, 'string']).toContain(info.apple_touch_icon_url && typeof info.apple_touch_icon_url);
  });

  test('connecting: the payload comes to discourse://auth_redirect, with a one-time password', async ({
    site,
  }) => {
    const location = await press(site, connectPath('b'.repeat(32)), '/user-api-key');
    expect(location.startsWith(`${REDIRECT}?payload=`)).toBe(true);
    const { payload, oneTimePassword } = parseCallback(location);
    // site_manager.js, `handleAuthPayload`: the nonce is compared, then key, push and api are kept.
    expect(JSON.parse(decrypt(payload ?? ''))).toEqual({
      key: expect.stringMatching(/^[0-9a-f]{32}$/),
      nonce: 'b'.repeat(32),
      push: false,
      api: 4,
    });
    expect(decrypt(oneTimePassword ?? '')).toMatch(/^[0-9a-f]{32}$/);
  });

  test('connecting to a site that pushes to the service of the app: push is true', async ({
    site,
    settings,
  }) => {
    await settings.set('allowed_user_api_push_urls', PUSH_URL);
    expect((await connect(site)).payload.push).toBe(true);
  });

  test('opening the site: the link with the one-time password signs in', async ({ site }) => {
    const { callback } = await connect(site);
    // site_manager.js, `requestAuth`: opened in the web view, where a page asks first.
    const link = `/session/otp/${decrypt(callback.oneTimePassword ?? '')}`;
    const webView = site.newBrowser();
    expect(await (await webView.get(link)).text()).toContain('Sign in as alice?');
    await webView.fetchCsrfToken();
    expect((await webView.submit(link, {})).status).toBe(303);
    expect((await json(webView.get('/session/current.json'))).current_user.username).toBe('alice');
  });

  test('GET /user-api-key/otp: gives a one-time password for application_name and public_key', async ({
    site,
  }) => {
    // site_manager.js, `generateURLParams` of type full.
    const asked = serialize({
      auth_redirect: REDIRECT,
      application_name: 'Discourse',
      public_key: publicKey,
    });
    const location = await press(site, `/user-api-key/otp?${asked}`, '/user-api-key/otp');
    expect(location.startsWith(`${REDIRECT}?oneTimePassword=`)).toBe(true);
    const password = decrypt(parseCallback(location).oneTimePassword ?? '');
    expect((await site.send(`/session/otp/${password}`)).status).toBe(200);
  });

  test('opening a page: the query parameters that the app adds change nothing', async ({ site }) => {
    // HomeScreen.js, `visitSite`
    const added = serialize({ auth_redirect: REDIRECT, user_api_public_key: publicKey });
    for (const query of [added, 'discourse_app=1']) expect((await site.send(`/?${query}`)).status).toBe(200);
  });

  test('GET /notifications/totals.json: the unread counts and the username', async ({ site }) => {
    const { api } = await connect(site);
    const before = (await api('/notifications/totals.json')).unread_notifications;
    await answerAlice(site);
    // site.js, `refresh`. Chat is there if its number is one; the name is for links to one's own pages.
    expect(await api('/notifications/totals.json')).toMatchObject({
      unread_notifications: before + 1,
      unread_personal_messages: 0,
      unseen_reviewables: 0,
      chat_notifications: expect.any(Number),
      topic_tracking: { unread: expect.any(Number), new: expect.any(Number) },
      group_inboxes: [],
      username: 'alice',
    });
  });

  test.for(['', '&silent=true'])(
    'GET /notifications.json?recent=true&limit=25%s: has what a row of the app shows and opens',
    async (silent, { site }) => {
      const { api } = await connect(site);
      await answerAlice(site);
      const answer = await api(`/notifications.json?recent=true&limit=25${silent}`);
      // site.js, `notifications`: what has this id or a lower one is not new any more.
      expect(answer.seen_notification_id).toEqual(expect.any(Number));
      const [newest] = answer.notifications;
      expect(newest).toMatchObject({
        // NotificationsScreen.js tells rows apart by it; site_manager.js, `notifications`, sorts and filters by the next three.
        id: expect.any(Number),
        read: false,
        notification_type: 9,
        created_at: '2026-11-23T12:00:00.000Z',
        // DiscourseUtils.js: the address that a tap opens.
        slug: expect.stringMatching(/^[\w-]+$/),
        topic_id: expect.any(Number),
        post_number: 2,
        // NotificationRow.js: the text of the row, with fancy_title where there is no topic_title.
        fancy_title: 'Which ladder for old trees?',
        data: { display_username: 'bob', topic_title: 'Which ladder for old trees?' },
      });
      expect(newest.id).toBeGreaterThan(answer.seen_notification_id);
      expect((await site.send(`/t/${newest.slug}/${newest.topic_id}/${newest.post_number}`)).status).toBe(
        200,
      );
    },
  );

  test('PUT /notifications/read: marks a notification as read', async ({ site }) => {
    const { api } = await connect(site);
    const before = (await api('/notifications/totals.json')).unread_notifications;
    await answerAlice(site);
    const list = () => api('/notifications.json?recent=true&limit=25');
    const [{ id }] = (await list()).notifications;
    // site.js, `readNotification`
    await api('/notifications/read', 'PUT', { id });
    const { notifications, seen_notification_id } = await list();
    expect([notifications[0].read, seen_notification_id]).toEqual([true, id]);
    expect((await api('/notifications/totals.json')).unread_notifications).toBe(before);
  });

  test('User-Api-Client-Id: names the push token of the client', async ({ site }) => {
    const { api, payload } = await connect(site);
    const clientId = async () => {
      const { client_id, sent_client_id } = await api('/user-api-key/current.json');
      return sent_client_id ?? client_id;
    };
    expect(await clientId()).toBe('f00d'.repeat(16));
    // site_manager.js, `registerClientId`; until then the header is empty.
    await api('/notifications/totals.json', 'GET', undefined, PUSH_TOKEN);
    await site.settle();
    expect([await clientId(), payload.key.length]).toEqual([PUSH_TOKEN, 32]);
  });

  test('removing a site: POST /user-api-key/revoke without a body', async ({ site }) => {
    const { api, payload } = await connect(site);
    // site.js, `revokeApiKey`: no body, though the header speaks of one, and JSON is read from the answer.
    expect(await api('/user-api-key/revoke', 'POST')).toEqual({ success: 'OK' });
    expect((await site.call(payload.key, '/notifications/totals.json')).status).toBe(403);
  });
});

/** Alice asks, and bob tells her. */
async function answerAlice(site: ContractSite): Promise<void> {
  const [alice, bob] = [await site.browserOf('alice'), await site.browserOf('bob')];
  const topic = { title: 'Which ladder for old trees?', raw: 'The one in the barn is too short.' };
  const { topic_id } = await json(alice.send('POST', '/posts.json', topic));
  const answer = await bob.send('POST', '/posts.json', { topic_id, raw: 'Take the blue one of mine.' });
  expect(answer.status).toBe(200);
}
