import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nodeKeys } from '@valetkey/server/node';
import { createPngOfSize, HOSTILE_FILES } from '@valetkey/test-support/icons';
import {
  createTestSite,
  keyRequest,
  PUBLIC_KEY,
  query,
  type TestSite,
} from '@valetkey/test-support/site/test-site';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, openPage } from './chromium.ts';
import { describeInChromium } from './describe-in-chromium.ts';
import { drawIcon } from './draw-icon.ts';
import { desktop, examine, takePicture } from './examine.ts';

const ICON = '/admin/user-api-key-clients/icon?kind=app&client_id=plum';
const CONSENT = `/user-api-key/new${query(keyRequest({ client_id: 'plum', application_name: null, public_key: null }))}`;
const APPS = '/u/alice/preferences/apps';

describeInChromium('the icon of an app', () => {
  let browser: Browser;
  let server: Server;
  let site: TestSite;
  let url: string;
  let icon: Buffer;
  beforeAll(async () => {
    server = createServer();
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    site = await createTestSite({ baseUrl: url });
    await site.store.registerClient(
      {
        clientId: 'plum',
        applicationName: 'Plum Reader',
        publicKey: PUBLIC_KEY,
        authRedirect: 'https://app.example/cb',
        scopes: ['read', 'write', 'notifications'],
        createdAt: site.now(),
        createdFrom: '192.0.2.1',
      },
      null,
    );
    site.advance(60_000);
    for (const changes of [{ client_id: 'plum', public_key: null }, { client_id: 'other' }])
      await site.approve({ application_name: 'Plum Reader', ...changes });
    const { endpoints } = nodeKeys(site.valetkey);
    server.on('request', async (request, response) => {
      if (!(await endpoints(request, response))) response.writeHead(204).end();
    });
    browser = await launchChromium();
    icon = await drawIcon(browser);
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  async function openAs(who: string, path: string, options: Parameters<Browser['newContext']>[0] = {}) {
    const context = await browser.newContext(options);
    await context.addCookies([{ name: 'session', value: who, url }]);
    const opened = await openPage(context);
    await opened.page.goto(url + path);
    return { context, ...opened };
  }

  const choose = async (page: Page, buffer: Uint8Array, mimeType = 'image/png') => {
    await page
      .getByLabel('Picture')
      .setInputFiles({ name: 'icon.png', mimeType, buffer: Buffer.from(buffer) });
    await page.getByRole('button', { name: 'Save the icon' }).click();
  };

  /** Uploads the picture without script. */
  async function upload(): Promise<void> {
    const { context, page } = await openAs('admin', ICON, { javaScriptEnabled: false });
    await choose(page, icon);
    await page.getByRole('button', { name: 'Remove the icon' }).waitFor();
    await context.close();
  }

  /** Returns the width of the pictures that the browser has decoded, beside the size in which it shows them. */
  const iconsOn = (page: Page) =>
    page.$$eval('img.icon', (images) =>
      (images as HTMLImageElement[]).map((image) => {
        const { width, height } = image.getBoundingClientRect();
        return [image.naturalWidth, width, height];
      }),
    );

  test('upload: a rejected file shows the reason and keeps the earlier icon; removal works without script', async () => {
    await upload();
    const { context, page } = await openAs('admin', ICON, { javaScriptEnabled: false });
    await choose(page, HOSTILE_FILES['an SVG'] ?? Buffer.alloc(0));
    await page.getByRole('alert').getByText('not a complete PNG, JPEG or WebP').waitFor();
    expect(await page.getByLabel('Picture').getAttribute('aria-invalid')).toBe('true');
    expect(await iconsOn(page)).toEqual([[128, 40, 40]]);
    await page.goto(url + ICON);
    await choose(page, createPngOfSize(1_000_000));
    await page.getByText('The icon is larger than 65536 bytes.').waitFor();
    await page.goto(url + ICON);
    await page.getByRole('button', { name: 'Remove the icon' }).click();
    await page.getByText('This app has no icon.').waitFor();
    await context.close();
  });

  test.each([
    ['icon-consent', CONSENT, 'alice'],
    ['icon-apps', APPS, 'alice'],
    ['icon-clients', '/admin/user-api-key-clients', 'admin'],
    ['icon-user-keys', '/admin/user-api-key-list', 'admin'],
    ['icon-upload', ICON, 'admin'],
  ] as const)('%s: shows the icon of the registered app, and nothing blocks it', async (name, path, who) => {
    await upload();
    const { context, page, complaints } = await openAs(who, path);
    expect(await iconsOn(page)).toEqual([[128, 40, 40]]);
    expect(complaints).toEqual([]);
    await examine(page, name);
    await takePicturesOf(page, name);
    await context.close();
  });

  test('consent page: no text moves when the icon arrives', async () => {
    await upload();
    const { context, page } = await openAs('alice', CONSENT);
    const heading = page.getByRole('heading', { level: 1 });
    const shown = await heading.boundingBox();
    await blockIcons(context);
    await page.reload();
    expect(await iconsOn(page)).toEqual([[0, 40, 40]]);
    expect(await heading.boundingBox()).toEqual(shown);
    await context.close();
  });

  const blockIcons = (context: BrowserContext) => context.route('**/icons/*', (route) => route.abort());

  test('forced colours and right to left: the icon stands before the name', async () => {
    await upload();
    for (const [name, language, forcedColors] of [
      ['icon-consent-forced', 'en', 'active'],
      ['icon-consent-arabic', 'ar', 'none'],
    ] as const) {
      const { context, page } = await openAs('alice', CONSENT, { locale: language, forcedColors });
      const [image, heading] = await Promise.all(
        ['img.icon', 'h1'].map((selector) => page.locator(selector).boundingBox()),
      );
      const isLeft = (image?.x ?? 0) < (heading?.x ?? 0);
      expect(isLeft).toBe(language !== 'ar');
      expect((image?.y ?? 0) + (image?.height ?? 0)).toBeGreaterThan(heading?.y ?? 0);
      await takePicture(page, name);
      await context.close();
    }
  });

  async function takePicturesOf(page: Page, name: string): Promise<void> {
    await page.setViewportSize(desktop);
    await page.emulateMedia({ colorScheme: 'light' });
    await takePicture(page, `${name}-desktop-light`);
  }
});
