import { PUBLIC_KEY } from '@valetkey/test-support/app-request';
import { type ForumProcess, startForumProcess } from '@valetkey/test-support/forum-process';
import { HOSTILE } from '@valetkey/test-support/page-form';
import { type SignedInUser, signIn } from '@valetkey/test-support/sign-in';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillInSignIn, launchChromium, openPage } from './chromium.ts';
import { describeInChromium } from './describe-in-chromium.ts';
import { expectToFit } from './examine.ts';

const request = new URLSearchParams({
  application_name: `Plum${'b'.repeat(60)}reader (قارئ)`,
  client_id: 'languages',
  nonce: 'n',
  scopes: 'read,write,notifications,session_info',
  optional_scopes: 'write,notifications',
  public_key: PUBLIC_KEY,
});
const hostile = new URLSearchParams({
  ...Object.fromEntries(request),
  application_name: HOSTILE,
  client_id: HOSTILE,
  nonce: HOSTILE,
});

/** English with long, accented texts (docs/guides/theme-the-pages.md). */
const PSEUDO_LOCALE = 'en-XA';

/** Pages that can be opened by their path. */
const USER_PAGES = [
  `/user-api-key/new?${request}`,
  `/user-api-key/new?${hostile}`,
  `/user-api-key/otp?${request}&auth_redirect=discourse%3A%2F%2Fauth_redirect`,
  '/user-api-key/activate',
  '/u/alice/preferences/apps',
  '/u/alice/preferences/apps/1',
  `/u/alice/preferences/apps?search=${encodeURIComponent(HOSTILE)}`,
  '/u/alice/preferences/feeds',
  '/u/alice/preferences/api-keys/new',
  `/user-api-key/new?${request}&auth_redirect=https%3A%2F%2Fevil.example`,
];
const ADMIN_PAGES = [
  '/admin/user-api-keys',
  '/admin/user-api-key-settings',
  '/admin/user-api-key-list',
  `/admin/user-api-key-list?user=${encodeURIComponent(HOSTILE)}`,
  '/admin/api/keys',
  '/admin/api/keys/new',
  '/admin/user-api-key-clients',
  '/admin/user-api-key-redirects',
  `/admin/user-api-key-redirects?pattern=${encodeURIComponent(HOSTILE)}`,
  '/admin/user-api-key-redirects?pattern=*',
  '/admin/user-api-key-blocks',
  `/admin/user-api-key-blocks?value=${encodeURIComponent(HOSTILE)}&reason=${encodeURIComponent(HOSTILE)}`,
  '/admin/user-api-key-audit',
  `/admin/user-api-key-audit?person=${encodeURIComponent(HOSTILE)}`,
];

/** Approves an app, so that the lists are not empty; its name and client id are hostile. */
async function approveApp(alice: SignedInUser): Promise<void> {
  const values = { ...Object.fromEntries(hostile), nonce: 'n', client_id: 'a' };
  const answer = await alice.send('POST', '/user-api-key.json', values);
  expect(answer.status).toBe(200);
}

describeInChromium('every page in every language', () => {
  let forum: ForumProcess;
  let browser: Browser;
  beforeAll(async () => {
    [forum, browser] = await Promise.all([startForumProcess(), launchChromium()]);
    const admin = await signIn(forum.url, 'admin');
    const setting = { allow_personal_user_api_keys: 'all' };
    await admin.send('PUT', '/admin/site_settings/allow_personal_user_api_keys.json', setting);
    await approveApp(await signIn(forum.url, 'alice'));
  });
  afterAll(async () => void (await Promise.all([browser?.close(), forum?.stop()])));

  async function openAs(username: string, language: string, javaScriptEnabled: boolean) {
    const context = await browser.newContext({ javaScriptEnabled });
    await context.addCookies([{ name: 'valetkey_language', value: language, url: forum.url }]);
    const { page, complaints } = await openPage(context);
    await page.goto(`${forum.url}/login`);
    await fillInSignIn(page, username);
    await page.waitForURL((address) => address.pathname !== '/login');
    complaints.length = 0;
    return { context, page, complaints };
  }

  /** The languages that the language switch of a page offers, and the pseudo-locale in both directions. */
  async function listLanguages(): Promise<{ language: string; direction: string }[]> {
    const page = await (await fetch(`${forum.url}/user-api-key/new`)).text();
    const options = [...page.matchAll(/<option value="([^"]+)" lang="[^"]+" dir="(ltr|rtl)"/g)];
    const offered = options.map(([, language = '', direction = '']) => ({ language, direction }));
    return [
      ...(offered.length === 0 ? [{ language: 'en', direction: 'ltr' }] : offered),
      { language: PSEUDO_LOCALE, direction: 'ltr' },
      { language: PSEUDO_LOCALE, direction: 'rtl' },
    ];
  }

  test.each([
    { username: 'alice', paths: USER_PAGES },
    { username: 'admin', paths: ADMIN_PAGES },
  ])(
    'pages of $username: fit all widths in every language, and run nothing hostile',
    { timeout: 240_000 },
    async ({ username, paths }) => {
      for (const { language, direction } of await listLanguages()) {
        const { context, page, complaints } = await openAs(username, language, true);
        page.on('dialog', () => complaints.push('A script opened a dialog.'));
        for (const path of paths) {
          complaints.length = 0;
          const response = await page.goto(forum.url + path);
          const html = page.locator('html');
          expect(await html.getAttribute('lang'), path).toBe(language);
          // The pseudo-locale is written from left to right; its layout is tested in both directions.
          if (language !== PSEUDO_LOCALE) expect(await html.getAttribute('dir')).toBe(direction);
          await page.evaluate((dir) => document.documentElement.setAttribute('dir', dir), direction);
          await expectToFit(page, `${path} in ${language} ${direction}`);
          // Chromium reports the status of a refusal as an error.
          if (response?.ok()) expect(complaints, path).toEqual([]);
        }
        await context.close();
      }
    },
  );

  test.each([
    { username: 'alice', paths: USER_PAGES },
    { username: 'admin', paths: ADMIN_PAGES },
  ])(
    'pages of $username: fit all widths without script',
    { timeout: 60_000 },
    async ({ username, paths }) => {
      const { context, page } = await openAs(username, 'en', false);
      for (const path of paths) {
        await page.goto(forum.url + path);
        await expectToFit(page, path);
        expect(await page.locator('[data-copy]:visible').count(), path).toBe(0);
      }
      await context.close();
    },
  );

  test('consent, apps and revoke: work with the keyboard alone, without script', async () => {
    const { context, page } = await openAs('alice', 'en', false);
    const tabTo = async (selector: string) => {
      for (let presses = 0; presses < 60; presses += 1) {
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector))
          return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`The keyboard does not reach ${selector}.`);
    };
    const named = new URLSearchParams(request);
    named.set('application_name', 'Keyboard app');
    named.set('client_id', 'keyboard');
    await page.goto(`${forum.url}/user-api-key/new?${named}`);
    await tabTo('input[name="grant:write"]');
    await page.keyboard.press('Space');
    await tabTo('button.primary');
    await page.keyboard.press('Enter');
    await page.locator('#payload').waitFor();
    await page.goto(`${forum.url}/u/alice/preferences/apps?search=Keyboard`);
    expect(await page.locator('ul.keys > li code').allTextContents()).toEqual([
      'read',
      'notifications',
      'session_info',
    ]);
    await tabTo('form[action$="/revoke"] button');
    await page.keyboard.press('Enter');
    await page.locator('form[action$="/undo-revoke"] button').waitFor();
    await tabTo('form[action$="/undo-revoke"] button');
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    await page.goto(`${forum.url}/u/alice/preferences/apps?search=Keyboard`);
    expect(await page.locator('ul.keys > li h2').allTextContents()).toEqual(['Keyboard app']);
    await context.close();
  });
});
