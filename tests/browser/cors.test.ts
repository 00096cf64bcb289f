import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTestSite, type TestSite } from '@valetkey/forum/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { describeInChromium } from './describe-in-chromium.ts';

/** The data that the page’s script can read; only a network error if CORS forbids it. */
interface Seen {
  readonly status?: number;
  readonly body?: { code?: string; topic_id?: number };
  readonly retryAfter?: string | null;
  readonly error?: string;
}

describeInChromium('a JavaScript app of another origin, in Chromium', () => {
  let site: TestSite;
  let browser: Browser;
  let app: Server;
  let appUrl: string;
  let page: Page;
  let key: string;

  beforeAll(async () => {
    [site, browser] = await Promise.all([startTestSite(), launchChromium()]);
    app = createServer(
      (_request, response) => void response.setHeader('content-type', 'text/html').end('<p>The app</p>'),
    );
    await new Promise<void>((resolve) => void app.listen(0, '127.0.0.1', resolve));
    key = await site.issueKey({ scopes: ['read', 'write'] });
    appUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    app?.close();
    await Promise.all([browser?.close(), site?.close()]);
  });
  beforeEach(async () => {
    await site.changeSettings({ cors_origins: appUrl });
    // A new browser context for each test, because preflight responses are cached.
    page = await (await browser.newContext()).newPage();
    await page.goto(appUrl);
  });

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
      { url: site.url + path, headers, body },
    );
  }
  const topic = {
    title: 'Written by a page of another origin',
    raw: 'With fetch, a key, and no cookie at all.',
  };
  const json = { 'Content-Type': 'application/json' };

  test('a page of an allowed origin: creates a topic with fetch and a key', async () => {
    const seen = await call('/posts.json', { ...json, 'User-Api-Key': key }, topic);
    expect(seen).toMatchObject({ status: 200, body: { topic_id: expect.any(Number) } });
  });

  test('a page of an allowed origin: reads why a request was rejected: an unknown key, a rate limit', async () => {
    expect(await call('/latest.json', { 'User-Api-Key': 'f'.repeat(32) })).toMatchObject({
      status: 403,
      body: { code: 'key_unknown' },
    });
    await site.changeSettings({ max_user_api_reqs_per_minute: 1 });
    await call('/latest.json', { 'User-Api-Key': key });
    const seen = await call('/latest.json', { 'User-Api-Key': key });
    await site.changeSettings({ max_user_api_reqs_per_minute: 20 });
    expect(seen).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(Number(seen.retryAfter)).toBeGreaterThan(0);
  });

  test('a page of another origin: reads and changes nothing', async () => {
    await site.changeSettings({ cors_origins: 'https://somebody-else.example' });
    const before = await (await fetch(`${site.url}/latest.json`)).json();
    expect(await call('/latest.json', { 'User-Api-Key': key })).toEqual({
      error: 'TypeError: Failed to fetch',
    });
    expect(await call('/posts.json', { ...json, 'User-Api-Key': key }, topic)).toEqual({
      error: 'TypeError: Failed to fetch',
    });
    expect(await call('/posts.json', {}, topic)).toEqual({ error: 'TypeError: Failed to fetch' });
    expect(await (await fetch(`${site.url}/latest.json`)).json()).toEqual(before);
  });

  test('a page of an allowed origin: cannot send an admin key, because the preflight request fails', async () => {
    const seen = await call('/latest.json', { 'Api-Key': 'f'.repeat(64), 'Api-Username': 'admin' });
    expect(seen).toEqual({ error: 'TypeError: Failed to fetch' });
  });
});
