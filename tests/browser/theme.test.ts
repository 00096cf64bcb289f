import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nodeKeys } from '@valetkey/server/node';
import { createPng } from '@valetkey/test-support/icons';
import { createTestSite, keyRequest, PUBLIC_KEY, query } from '@valetkey/test-support/site/test-site';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, openPage } from './chromium.ts';
import { describeInChromium } from './describe-in-chromium.ts';
import { examine } from './examine.ts';

/** A look that differs from the built-in one in every variable. */
const THEME = `:root {
  --ground: light-dark(#fdf6e3, #0b1b2b); --card: light-dark(#fffdf5, #10263b); --ink: light-dark(#3b2f1e, #f2e9d8);
  --soft: light-dark(#6b5a41, #b9ab92); --line: light-dark(#d9c9a8, #2d4a66); --accent: light-dark(#8a1c4a, #ff9ac2);
  --on-accent: light-dark(#fff8f0, #2b0618); --warn: light-dark(#8f2f00, #ffb48a); --warn-ground: light-dark(#fff0e0, #3a2010);
  --icon-ground: #fff8f0;
  --font: Georgia, "DejaVu Serif", serif; --radius: 0;
}
.site-bar { padding: 1rem; background: light-dark(#8a1c4a, #10263b); } .site-bar a { color: #fff8f0; }`;
const HEADER = '<header class="site-bar"><a href="/">Quince</a></header>';
const FOOTER = '<footer><a href="/privacy">Privacy</a></footer>';
const APP = { application_name: 'Plum Reader', auth_redirect: null, scopes: 'read,write' };

const REGISTERED = { applicationName: 'Plum Reader', authRedirect: 'https://app.example/cb' };

describeInChromium('a second theme', () => {
  let browser: Browser;
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createServer();
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const pageFrame = () => ({ stylesheet: '/theme.css', header: HEADER, footer: FOOTER });
    const site = await createTestSite({ baseUrl: url, site: { pageFrame } });
    await site.approve({ ...APP, client_id: 'approved' });
    const client = {
      clientId: 'plum',
      publicKey: PUBLIC_KEY,
      scopes: ['read'],
      createdAt: 0,
      createdFrom: '',
    };
    await site.store.registerClient({ ...client, ...REGISTERED }, null);
    const icon = { hash: '0'.repeat(64), mediaType: 'image/png', bytes: createPng() } as const;
    await site.store.saveClientIcon({ kind: 'app', clientId: 'plum' }, icon);
    const { endpoints } = nodeKeys(site.valetkey);
    server.on('request', async (request, response) => {
      if (request.url === '/theme.css') response.setHeader('Content-Type', 'text/css').end(THEME);
      else if (!(await endpoints(request, response))) response.writeHead(204).end();
    });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  const PAGES = [
    ['theme-consent', `/user-api-key/new${query(keyRequest(APP))}`, 'alice'],
    ['theme-icon', '/admin/user-api-key-clients/icon?kind=app&client_id=plum', 'admin'],
    ['theme-apps', '/u/alice/preferences/apps', 'alice'],
    ['theme-error', '/user-api-key/new', 'alice'],
    ['theme-admin', '/admin/user-api-key-settings?section=limits', 'admin'],
    ['theme-redirects', '/admin/user-api-key-redirects?pattern=https://app.example/*', 'admin'],
  ] as const;

  test.each(PAGES)(
    '%s: applies to the page under its strict policy, readable in light and dark',
    async (name, path, who) => {
      const context = await browser.newContext();
      await context.addCookies([{ name: 'session', value: who, url }]);
      const { page, complaints } = await openPage(context);
      const response = await page.goto(url + path);
      expect(response?.headers()['content-security-policy']).not.toContain('unsafe');
      expect(await page.getByRole('link', { name: 'Quince' }).count()).toBe(1);
      expect(await page.getByRole('link', { name: 'Privacy' }).count()).toBe(1);
      await page.emulateMedia({ colorScheme: 'light' });
      const style = await page.evaluate(() => {
        const { fontFamily, color } = getComputedStyle(document.body);
        const radius = getComputedStyle(document.documentElement).getPropertyValue('--radius').trim();
        return { fontFamily, color, radius };
      });
      expect(style).toEqual({
        fontFamily: expect.stringContaining('Georgia'),
        color: 'rgb(59, 47, 30)',
        radius: '0',
      });
      await examine(page, name);
      if (response?.ok()) expect(complaints).toEqual([]);
      await context.close();
    },
  );
});
