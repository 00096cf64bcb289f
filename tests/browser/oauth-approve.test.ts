import { createHash } from 'node:crypto';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { startTestSite, type TestSite } from '@valetkey/forum/testing';
import { createCertificate } from '@valetkey/test-support/push-certificate';
import { signIn } from '@valetkey/test-support/sign-in';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { fillInSignIn, launchChromium, openPage } from './chromium.ts';
import { describeInChromium } from './describe-in-chromium.ts';

const APP = 'com.example.plum:/callback';

/** Starts a server on a free loopback port, and returns the port. */
async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describeInChromium('OAuth consent page in Chromium', () => {
  let site: TestSite;
  let browser: Browser;
  let context: BrowserContext;
  let servers: Server[];
  /** The redirects of the client. */
  let redirects: Record<'https' | 'loopback' | 'hop' | 'app', string>;
  let clientId: string;

  beforeAll(async () => {
    [site, browser] = await Promise.all([startTestSite(), launchChromium()]);
    const answer: RequestListener = (request, response) => {
      const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
      // A web page that passes the answer on to an app: `form-action` would block this redirect silently.
      if (pathname === '/hop') return response.writeHead(302, { location: APP + search }).end();
      response.setHeader('content-type', 'text/html');
      response.end('<title>The app</title><p>You can go back to the app.</p>');
    };
    servers = [createHttpsServer(createCertificate('localhost'), answer), createHttpServer(answer)];
    const [https, loopback] = await Promise.all(servers.map(listen));
    redirects = {
      https: `https://localhost:${https}/callback`,
      loopback: `http://127.0.0.1:${loopback}/callback`,
      hop: `https://localhost:${https}/hop`,
      app: APP,
    };
    const form = { name: 'Plum', kind: 'public', redirect_uris: Object.values(redirects).join('\n') };
    const admin = await signIn(site.url, 'admin');
    const registered = await admin.send('POST', '/admin/oauth-clients.json', form);
    clientId = ((await registered.json()) as { client: { client_id: string } }).client.client_id;
  });
  afterAll(async () => {
    for (const server of servers ?? []) server.close();
    await Promise.all([browser?.close(), site?.close()]);
  });
  beforeEach(async () => {
    context = await browser.newContext({ ignoreHTTPSErrors: true });
  });
  afterEach(() => context.close());

  /** Opens the consent page, clicks the button, and returns where the browser went, and what the browser complained about. */
  async function decide(redirect: string, button: 'Approve' | 'Decline') {
    const { page, complaints } = await openPage(context);
    const request = new URLSearchParams({
      client_id: clientId,
      redirect_uri: redirect,
      response_type: 'code',
      scope: 'session_info',
      state: 'the state',
      code_challenge: createHash('sha256').update('v'.repeat(43)).digest('base64url'),
      code_challenge_method: 'S256',
    });
    await page.goto(`${site.url}/oauth/authorize?${request}`);
    await fillInSignIn(page, 'alice');
    const seen: string[] = [];
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    devtools.on('Network.requestWillBeSent', ({ request: { url } }) => void seen.push(url));
    await page.getByRole('button', { name: button }).click();
    const target = redirect.endsWith('/hop') ? APP : redirect;
    await expect.poll(() => seen.find((url) => url.startsWith(`${target}?`))).toBeTruthy();
    const reached = new URL(seen.find((url) => url.startsWith(`${target}?`)) ?? '');
    const policy = complaints.filter((text) => text.includes('Content Security Policy'));
    return { page, answer: Object.fromEntries(reached.searchParams), policy };
  }

  test.each(['https', 'loopback', 'hop', 'app'] as const)(
    'Approve follows the redirect of the kind %s, and no policy blocks it',
    async (kind) => {
      const { page, answer, policy } = await decide(redirects[kind], 'Approve');
      expect(answer).toEqual({ code: expect.any(String), state: 'the state', iss: site.url });
      expect(policy).toEqual([]);
      if (kind === 'https' || kind === 'loopback')
        await page.getByText('You can go back to the app.').waitFor();
    },
  );

  test.each(['https', 'loopback', 'app'] as const)(
    'Decline follows the redirect of the kind %s',
    async (kind) => {
      const { answer, policy } = await decide(redirects[kind], 'Decline');
      expect(answer).toEqual({ error: 'access_denied', state: 'the state', iss: site.url });
      expect(policy).toEqual([]);
    },
  );
});
