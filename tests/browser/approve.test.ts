import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTestSite, type TestSite } from '@valetkey/forum/testing';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { fillInSignIn, launchChromium, openPage } from './chromium.ts';
import { describeInChromium } from './describe-in-chromium.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();

function open(payload: string): { key: string; nonce: string } {
  const key = { key: pair.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING };
  return JSON.parse(privateDecrypt(key, Buffer.from(payload, 'base64')).toString());
}

describeInChromium('in Chromium', () => {
  let site: TestSite;
  let browser: Browser;
  let context: BrowserContext;
  let app: Server;
  let appUrl: string;
  let visits: string[];

  beforeAll(async () => {
    const settings = { allowed_user_api_auth_redirects: 'http://127.0.0.1/*|myapp://callback' };
    [site, browser] = await Promise.all([startTestSite({ settings }), launchChromium()]);
    app = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', appUrl);
      if (pathname === '/favicon.ico') return response.writeHead(204).end();
      visits.push(request.url ?? '');
      // An https page that redirects to the app: `form-action` would block this redirect silently.
      if (pathname === '/hop')
        return response.writeHead(302, { location: `myapp://callback?${searchParams}` }).end();
      response.setHeader('content-type', 'text/html');
      response.end('<title>The app</title><p>You can go back to the app.</p>');
    });
    await new Promise<void>((resolve) => void app.listen(0, '127.0.0.1', resolve));
    appUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    app?.close();
    await Promise.all([browser?.close(), site?.close()]);
  });
  beforeEach(async () => {
    visits = [];
    context = await browser.newContext();
  });
  afterEach(() => context.close());

  const requestUrl = (changes: Record<string, string> = {}) =>
    `${site.url}/user-api-key/new?${new URLSearchParams({
      application_name: 'Plum Reader',
      client_id: 'chromium',
      nonce: 'a-nonce',
      scopes: 'read,write',
      public_key: publicKey,
      padding: 'oaep',
      ...changes,
    })}`;

  async function openConsent(changes: Record<string, string> = {}) {
    const { page, complaints } = await openPage(context);
    await page.goto(requestUrl(changes));
    await fillInSignIn(page, 'alice');
    await page.getByRole('heading', { name: 'Allow Plum Reader to access your account?' }).waitFor();
    return { page, complaints };
  }

  test('consent page: Decline notifies the app, and issues nothing', async () => {
    const { page } = await openConsent({ auth_redirect: `${appUrl}/cb`, client_id: 'declined' });
    await page.getByRole('button', { name: 'Decline' }).click();
    await page.getByText('You can go back to the app.').waitFor();
    expect(visits).toEqual(['/cb?error=access_denied']);

    const { page: second } = await openPage(context);
    await second.goto(requestUrl({ client_id: 'declined' }));
    await second.getByRole('button', { name: 'Decline' }).click();
    await second.getByRole('heading', { name: 'Declined' }).waitFor();

    expect(await site.revokeKeys('alice')).toBe(0);
  });

  test('consent page: after sign-in and approval, the app on the user’s computer gets a working key', async () => {
    const { page, complaints } = await openConsent({ auth_redirect: `${appUrl}/cb` });
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('You can go back to the app.').waitFor();
    const payload = new URL(visits[0] ?? '', appUrl).searchParams.get('payload') ?? '';
    const { key, nonce } = open(payload);
    expect(nonce).toBe('a-nonce');
    const answer = await fetch(`${site.url}/session/current.json`, { headers: { 'User-Api-Key': key } });
    expect(await answer.json()).toMatchObject({ current_user: { username: 'alice' } });
    expect(complaints).toEqual([]);
  });

  test.each([
    ['straight to myapp://callback', () => 'myapp://callback'],
    ['through a web page to myapp://callback', () => `${appUrl}/hop`],
  ])('consent page: Approve redirects to %s, and no policy blocks it', async (_name, redirect) => {
    const { page, complaints } = await openConsent({ auth_redirect: redirect() });
    const seen: string[] = [];
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    devtools.on('Network.requestWillBeSent', ({ request }) => void seen.push(request.url));
    await page.getByRole('button', { name: 'Approve' }).click();
    await expect.poll(() => seen.find((url) => url.startsWith('myapp://callback?payload='))).toBeTruthy();
    const url = seen.find((each) => each.startsWith('myapp:')) ?? '';
    expect(open(new URL(url).searchParams.get('payload') ?? '').nonce).toBe('a-nonce');
    expect(complaints.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
  });

  test('consent page: without a redirect, one click copies the payload', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const { page, complaints } = await openConsent();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('Copied.').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(await page.getByLabel('Encrypted key').inputValue());
    expect(open(copied).nonce).toBe('a-nonce');
    expect(complaints).toEqual([]);
  });

  test('consent page: the complete flow works without script and by keyboard only', async () => {
    await context.close();
    context = await browser.newContext({ javaScriptEnabled: false });
    const { page } = await openConsent();
    await page.getByRole('button', { name: 'Approve' }).focus();
    await page.keyboard.press('Enter');
    const payload = await page.getByLabel('Encrypted key').inputValue();
    expect(open(payload).nonce).toBe('a-nonce');
    expect(await page.getByRole('button', { name: 'Copy' }).isVisible()).toBe(false);
  });

  test('consent page: shows the earlier approval when the same app requests a key again', async () => {
    const { page } = await openConsent({ client_id: 'again' });
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByLabel('Encrypted key').waitFor();
    await page.goto(requestUrl({ client_id: 'again' }));
    await page.getByText(/the key approved on .*, never used; it will stop working/).waitFor();
  });
});
