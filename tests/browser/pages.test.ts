import { generateKeyPairSync } from 'node:crypto';
import { keyRequest } from '@valetkey/test-support/app-request';
import { type ForumProcess, startForumProcess } from '@valetkey/test-support/forum-process';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOneTimePassword } from '../contract/open-one-time-password.ts';
import { fillInSignIn, launchChromium } from './chromium.ts';
import { describeInChromium } from './describe-in-chromium.ts';
import { devicePages, type PageVisit } from './device-pages.ts';
import { examine, phone } from './examine.ts';

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

const named = (name: string) =>
  new URLSearchParams({ ...Object.fromEntries(consent), application_name: name });

/** All pages, and the action after opening each. */
const pages: readonly PageVisit[] = [
  ['forum-latest', '/'],
  ['forum-topic', '/t/2'],
  ['forum-categories', '/categories'],
  ['forum-search', '/search?q=plum'],
  ['forum-search-nothing', '/search?q=zucchini'],
  ['forum-user', '/u/alice'],
  ['forum-new-topic', '/new-topic'],
  ['forum-new-topic-refused', '/new-topic', writeTooShortTopic],
  ['forum-reply-refused', '/t/2', writeTooShortReply],
  ['forum-new', '/new'],
  ['forum-unread', '/unread'],
  ['forum-category', '/c/fruit-trees/2'],
  ['sign-in-link', '/u/alice', followSignInLink],
  ['sign-in-link-used', `/session/otp/${'0'.repeat(32)}`],
  ['consent', `/user-api-key/new?${consent}`],
  ['consent-long-name', `/user-api-key/new?${named(`Plum${'b'.repeat(60)}reader, a program for everybody`)}`],
  ['consent-right-to-left', `/user-api-key/new?${named('تطبيق القراءة (Beta)')}`],
  ['error', `/user-api-key/new?${consent}&auth_redirect=https%3A%2F%2Fevil.example`],
  [
    'payload',
    `/user-api-key/new?${consent}`,
    (page) => page.getByRole('button', { name: 'Approve' }).click(),
  ],
  // With the notice of the key that was just approved.
  ['forum-notifications', '/u/alice/notifications'],
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
  ['apps-search', '/u/alice/preferences/apps?search=nothing'],
  [
    'consent-optional-scopes',
    `/user-api-key/new?${consent}&optional_scopes=write%2Cnotifications`,
    openExpiry,
  ],
  ['personal-key-form', '/u/alice/preferences/api-keys/new'],
  ['personal-key', '/u/alice/preferences/api-keys/new', (page) => makePersonalKey(page)],
  ['apps-with-personal-key', '/u/alice/preferences/apps'],
  ['app', '/u/alice/preferences/apps', (page) => page.locator('a.quiet').first().click()],
  ['rotate-form', '/u/alice/preferences/apps', openRotateForm],
  ['rotated-key', '/u/alice/preferences/apps', rotate],
  ['apps-with-old-key', '/u/alice/preferences/apps'],
  [
    'old-key-revoked',
    '/u/alice/preferences/apps',
    (page) => page.getByRole('button', { name: 'Revoke the old key of Backup script' }).first().click(),
  ],
  [
    'personal-key-form-refused',
    '/u/alice/preferences/api-keys/new',
    (page) => makePersonalKey(page, '10.0.0.5/8'),
  ],
  ...devicePages,
];

/** The browser counts spaces and accepts the text; the forum does not. */
async function writeTooShortTopic(page: Page): Promise<void> {
  await page.getByLabel('Title').fill('Plums               ?');
  await page.getByLabel('Category').selectOption({ index: 1 });
  await page.getByLabel('Text').fill(`Hm.${' '.repeat(20)}`);
  await page.getByRole('button', { name: 'Create topic' }).click();
  await page.getByRole('alert').first().waitFor();
}

async function writeTooShortReply(page: Page): Promise<void> {
  await page.getByLabel('Your reply').fill('Hm.          ');
  await page.getByRole('button', { name: 'Reply' }).click();
  await page.getByRole('alert').waitFor();
}

/** Opens a sign-in link as an app creates it. */
async function followSignInLink(page: Page): Promise<void> {
  const token = await page.locator('input[name=authenticity_token]').first().inputValue();
  const answer = await page.request.post(new URL('/user-api-key/otp.json', page.url()).href, {
    headers: { 'X-CSRF-Token': token },
    form: keyRequest({ auth_redirect: 'discourse://auth_redirect' }),
  });
  const { redirect_url } = (await answer.json()) as { redirect_url: string };
  await page.goto(new URL(`/session/otp/${openOneTimePassword(redirect_url)}`, page.url()).href);
}

async function makePersonalKey(page: Page, addresses = '127.0.0.0/8 2001:db8::/32'): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill('Backup script');
  await page.getByLabel(/Allowed IP addresses/).fill(addresses);
  await page.getByLabel(/Read everything/).check();
  await page.getByRole('button', { name: 'Create key' }).click();
}

/** The request names an expiry, which the user can shorten. */
async function openExpiry(page: Page): Promise<void> {
  await page.locator('.decision summary').click();
}

async function openRotateForm(page: Page): Promise<void> {
  await page.getByLabel('Rotate Backup script').first().click();
}

async function rotate(page: Page): Promise<void> {
  await openRotateForm(page);
  await page.getByRole('button', { name: 'Create the new key for Backup script' }).first().click();
}

/** A forum whose admin allows personal keys. */
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

describeInChromium('every page', () => {
  let forum: ForumProcess;
  let browser: Browser;
  beforeAll(async () => {
    [forum, browser] = await Promise.all([startForumProcess(), launchChromium()]);
    await allowPersonalKeys(browser, forum.url);
  });
  afterAll(async () => void (await Promise.all([browser?.close(), forum?.stop()])));

  test('passes axe and fits a phone, a tablet and a desktop', { timeout: 300_000 }, async () => {
    const context = await browser.newContext({ viewport: phone });
    const page = await context.newPage();
    await page.goto(`${forum.url}/login`);
    await examine(page, 'login');
    await fillInSignIn(page, 'alice');
    for (const [name, path, act] of pages) {
      await page.setViewportSize(phone);
      await page.goto(forum.url + path);
      await act?.(page);
      await page.waitForLoadState();
      await examine(page, name);
    }
    await context.close();
  });
});
