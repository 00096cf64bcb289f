import { generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ForumProcess, startForumProcess } from '../../tools/demo/forum-process.ts';
import { type Person, signIn } from '../../tools/demo/person.ts';
import { chromiumPath, launchChromium } from './chromium.ts';

/** What the page's script can get hold of; a network error is all that a browser tells where CORS forbids it. */
interface Seen {
  readonly status?: number;
  readonly body?: { code?: string; topic_id?: number };
  readonly retryAfter?: string | null;
  readonly error?: string;
}

describe.skipIf(chromiumPath === null)('a JavaScript app of another origin, in Chromium', () => {
  let forum: ForumProcess;
  let browser: Browser;
  let app: Server;
  let appUrl: string;
  let page: Page;
  let admin: Person;
  let key: string;

  beforeAll(async () => {
    [forum, browser] = await Promise.all([startForumProcess(), launchChromium()]);
    app = createServer(
      (_request, response) => void response.setHeader('content-type', 'text/html').end('<p>The app</p>'),
    );
    await new Promise<void>((resolve) => void app.listen(0, '127.0.0.1', resolve));
    admin = await signIn(forum.url, 'admin');

    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const alice = await signIn(forum.url, 'alice');
    const response = await alice.send('POST', '/user-api-key.json', {
      client_id: 'page',
      application_name: 'A page',
      nonce: 'n',
      scopes: 'read,write',
      public_key: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      padding: 'oaep',
    });
    const { payload } = (await response.json()) as { payload: string };
    key = JSON.parse(privateDecrypt(pair.privateKey, Buffer.from(payload, 'base64')).toString()).key;
    appUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    app?.close();
    await Promise.all([browser?.close(), forum?.stop()]);
  });
  beforeEach(async () => {
    await set('cors_origins', appUrl);
    // A browser of its own for each test: preflights are remembered.
    page = await (await browser.newContext()).newPage();
    await page.goto(appUrl);
  });

  const set = async (name: string, value: string) =>
    void (await admin.send('PUT', `/admin/site_settings/${name}.json`, { [name]: value }));

  function call(path: string, headers: Record<string, string>, body?: Record<string, string>): Promise<Seen> {
    return page.evaluate(
      async ({ url, headers, body }) => {
        try {
          const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
          const response = await fetch(url, { ...init, headers });
          return {
            status: response.status,
            body: await response.json(),
            retryAfter: response.headers.get('retry-after'),
          };
        } catch (error) {
          return { error: String(error) };
        }
      },
      { url: forum.url + path, headers, body },
    );
  }
  const topic = {
    title: 'Written by a page of another origin',
    raw: 'With fetch, a key, and no cookie at all.',
  };
  const json = { 'Content-Type': 'application/json' };

  test('creates a topic with fetch and a key', async () => {
    const seen = await call('/posts.json', { ...json, 'User-Api-Key': key }, topic);
    expect(seen).toMatchObject({ status: 200, body: { topic_id: expect.any(Number) } });
  });

  test('reads why it was refused: a wrong key, a limit', async () => {
    expect(await call('/latest.json', { 'User-Api-Key': 'f'.repeat(32) })).toMatchObject({
      status: 403,
      body: { code: 'key_unknown' },
    });
    await set('max_user_api_reqs_per_minute', '1');
    await call('/latest.json', { 'User-Api-Key': key });
    const seen = await call('/latest.json', { 'User-Api-Key': key });
    await set('max_user_api_reqs_per_minute', '20');
    expect(seen).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(Number(seen.retryAfter)).toBeGreaterThan(0);
  });

  test('gets nothing when its origin is not listed, and changes nothing', async () => {
    await set('cors_origins', 'https://somebody-else.example');
    const before = await (await fetch(`${forum.url}/latest.json`)).json();
    expect(await call('/latest.json', { 'User-Api-Key': key })).toEqual({
      error: 'TypeError: Failed to fetch',
    });
    expect(await call('/posts.json', { ...json, 'User-Api-Key': key }, topic)).toEqual({
      error: 'TypeError: Failed to fetch',
    });
    expect(await call('/posts.json', {}, topic)).toEqual({ error: 'TypeError: Failed to fetch' });
    expect(await (await fetch(`${forum.url}/latest.json`)).json()).toEqual(before);
  });

  test('cannot send an admin key: the browser stops it at the preflight', async () => {
    const seen = await call('/latest.json', { 'Api-Key': 'f'.repeat(64), 'Api-Username': 'admin' });
    expect(seen).toEqual({ error: 'TypeError: Failed to fetch' });
  });
});
