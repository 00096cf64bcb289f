import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ForumProcess, startForumProcess } from '../../tools/demo/forum-process.ts';
import { chromiumPath, fillInSignIn, launchChromium } from './chromium.ts';

const screenshots = join(import.meta.dirname, '../../test-results/screenshots');
const publicKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .publicKey.export({ type: 'spki', format: 'pem' })
  .toString();

const consent = new URLSearchParams({
  application_name: 'Plum Reader',
  client_id: 'pages',
  nonce: 'n',
  scopes: 'read,write,notifications',
  public_key: publicKey,
  expires_in_seconds: '7776000',
});

let devices = 0;

/** Every page, and what to do once it is open. */
const pages: readonly (readonly [name: string, path: string, act?: (page: Page) => Promise<unknown>])[] = [
  ['forum-latest', '/'],
  ['forum-topic', '/t/2'],
  ['forum-categories', '/categories'],
  ['forum-search', '/search?q=plum'],
  ['forum-user', '/u/alice'],
  ['forum-new-topic', '/new-topic'],
  ['consent', `/user-api-key/new?${consent}`],
  ['error', `/user-api-key/new?${consent}&auth_redirect=https%3A%2F%2Fevil.example`],
  [
    'payload',
    `/user-api-key/new?${consent}`,
    (page) => page.getByRole('button', { name: 'Approve' }).click(),
  ],
  ['one-time-password', `/user-api-key/otp?${consent}&auth_redirect=discourse%3A%2F%2Fauth_redirect`],
  ['apps', '/u/alice/preferences/apps'],
  [
    'revoked',
    '/u/alice/preferences/apps',
    (page) =>
      page
        .getByRole('button', { name: /^Revoke/ })
        .first()
        .click(),
  ],
  [
    'declined',
    `/user-api-key/new?${consent}`,
    (page) => page.getByRole('button', { name: 'Decline' }).click(),
  ],
  [
    'feed-address',
    '/u/alice/preferences/feeds',
    (page) => page.getByRole('button', { name: /^(Subscribe|Reset)/ }).click(),
  ],
  ['feeds', '/u/alice/preferences/feeds'],
  ['apps-with-feed', '/u/alice/preferences/apps'],
  [
    'feed-removed',
    '/u/alice/preferences/feeds',
    (page) => page.getByRole('button', { name: /^Remove/ }).click(),
  ],
  ['feeds-none', '/u/alice/preferences/feeds'],
  ['personal-key-form', '/u/alice/preferences/api-keys/new'],
  ['personal-key', '/u/alice/preferences/api-keys/new', makePersonalKey],
  ['apps-with-personal-key', '/u/alice/preferences/apps'],
  ['device-code', '/user-api-key/activate'],
  ['device-code-wrong', '/user-api-key/activate', (page) => typeCode(page, 'BADC-2345')],
  ['device-code-over', '/user-api-key/activate?request=AbCd_-12'],
  ['device-by-code', '/user-api-key/activate', askAndTypeCode],
  [
    'device-by-link',
    '/',
    async (page) => page.goto((await askFromDevice(page)).verification_uri_with_request),
  ],
  ['device-by-link-wrong', '/', followLinkAndMistype],
  [
    'device-declined',
    '/user-api-key/activate',
    async (page) => {
      await askAndTypeCode(page);
      await page.getByRole('button', { name: 'Decline' }).click();
    },
  ],
  [
    'device-connected',
    '/user-api-key/activate',
    async (page) => {
      await askAndTypeCode(page);
      await page.getByRole('button', { name: 'Approve' }).click();
    },
  ],
];

/** A device somewhere asks the forum that is open; each time for another client. */
async function askFromDevice(page: Page) {
  devices += 1;
  const response = await fetch(new URL('/user-api-key/device.json', page.url()), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      application_name: 'Plum Television',
      client_id: `television-${devices}`,
      nonce: 'n',
      scopes: 'read,write',
      public_key: publicKey,
    }),
  });
  return (await response.json()) as { user_code: string; verification_uri_with_request: string };
}

async function typeCode(page: Page, code: string, button = 'Continue'): Promise<void> {
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: button }).click();
}

async function askAndTypeCode(page: Page): Promise<void> {
  const { user_code } = await askFromDevice(page);
  await typeCode(page, user_code.toLowerCase().replace('-', ' '));
}

async function followLinkAndMistype(page: Page): Promise<void> {
  await page.goto((await askFromDevice(page)).verification_uri_with_request);
  await typeCode(page, 'BADC-2345', 'Approve');
  await page.getByRole('alert').waitFor();
}

async function makePersonalKey(page: Page): Promise<void> {
  await page.getByLabel('What it is for').fill('Backup script');
  await page.getByLabel(/Read everything/).check();
  await page.getByRole('button', { name: 'Make the key' }).click();
}

/** A forum where people may make keys for themselves: what an admin would set. */
async function allowPersonalKeys(browser: Browser, url: string): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}/login`);
  await fillInSignIn(page, 'admin');
  await page.waitForURL((address) => address.pathname !== '/login');
  const token = await page.locator('input[name=authenticity_token]').first().inputValue();
  const answer = await context.request.put(`${url}/admin/site_settings/allow_personal_user_api_keys.json`, {
    headers: { 'X-CSRF-Token': token },
    data: { allow_personal_user_api_keys: 'all' },
  });
  expect(answer.status()).toBe(200);
  await context.close();
}

const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 900 };

describe.skipIf(chromiumPath === null)('every page', () => {
  let forum: ForumProcess;
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true });
    [forum, browser] = await Promise.all([startForumProcess(), launchChromium()]);
    await allowPersonalKeys(browser, forum.url);
  });
  afterAll(async () => void (await Promise.all([browser?.close(), forum?.stop()])));

  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    test('is readable by everybody (axe) and fits a phone and a desktop', { timeout: 180_000 }, async () => {
      const context = await browser.newContext({ colorScheme, viewport: phone });
      const page = await context.newPage();
      await page.goto(`${forum.url}/login`);
      await examine(page, `login-${colorScheme}`);
      await fillInSignIn(page, 'alice');
      for (const [name, path, act] of pages) {
        await page.setViewportSize(phone);
        await page.goto(forum.url + path);
        await act?.(page);
        await page.waitForLoadState();
        await examine(page, `${name}-${colorScheme}`);
      }
      await context.close();
    });
  });

  async function examine(page: Page, name: string): Promise<void> {
    for (const [width, viewport] of Object.entries({ phone, desktop })) {
      await page.setViewportSize(viewport);
      await page.screenshot({ path: join(screenshots, `${name}-${width}.png`), fullPage: true });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${name} at ${width} width scrolls sideways`).toBeLessThanOrEqual(0);
    }
    // Evaluated by the devtools, not by the page: its policy allows no foreign script, and stays as it is.
    await page.evaluate(axe.source);
    const violations = await page.evaluate(async () => {
      const { axe: tool } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      return (await tool.run()).violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`,
      );
    });
    expect(violations, name).toEqual([]);
  }
});
