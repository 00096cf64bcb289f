import { PUBLIC_KEY } from '@valetkey/test-support/app-request';
import { type ForumProcess, startForumProcess } from '@valetkey/test-support/forum-process';
import { HOSTILE } from '@valetkey/test-support/page-form';
import { type SignedInUser, signIn } from '@valetkey/test-support/sign-in';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillInSignIn, launchChromium, openPage } from './chromium.ts';
import { describeInChromium } from './describe-in-chromium.ts';
import { desktop, expectNoViolations, expectToFit, phone, takePicture } from './examine.ts';

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

interface View {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: 'light' | 'dark';
}

/**
 * What is checked in each language; `pages.test.ts` and `admin-pages.test.ts` check English. `en-XA` is English with long,
 * accented texts (docs/guides/theme-the-pages.md). Languages that are not listed must fit a phone.
 */
const VIEWS: Readonly<Record<string, readonly View[]>> = {
  ar: [
    { viewport: phone, colorScheme: 'light' },
    { viewport: desktop, colorScheme: 'dark' },
  ],
  'en-XA': [
    { viewport: phone, colorScheme: 'dark' },
    { viewport: desktop, colorScheme: 'light' },
  ],
};

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
  '/admin/user-api-key-clients/icon?kind=app&client_id=registered',
  '/admin/user-api-key-redirects',
  `/admin/user-api-key-redirects?pattern=${encodeURIComponent(HOSTILE)}`,
  '/admin/user-api-key-redirects?pattern=*',
  '/admin/mcp-tools',
  '/admin/user-api-key-blocks',
  `/admin/user-api-key-blocks?value=${encodeURIComponent(HOSTILE)}&reason=${encodeURIComponent(HOSTILE)}`,
  '/admin/user-api-key-audit',
  `/admin/user-api-key-audit?person=${encodeURIComponent(HOSTILE)}`,
];

/** Registers an app with a hostile name. */
async function registerApp(url: string): Promise<void> {
  const values = { client_id: 'registered', scopes: 'read', auth_redirect: 'https://app.example/cb' };
  const body = new URLSearchParams({ ...Object.fromEntries(hostile), ...values });
  expect((await fetch(`${url}/user-api-key-client`, { method: 'POST', body })).status).toBe(200);
}

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
    const settings = { allow_personal_user_api_keys: 'all', allow_user_api_key_client_scopes: 'read' };
    for (const [name, value] of Object.entries(settings))
      await admin.send('PUT', `/admin/site_settings/${name}.json`, { [name]: value });
    await registerApp(forum.url);
    await approveApp(await signIn(forum.url, 'alice'));
  });
  afterAll(async () => void (await Promise.all([browser?.close(), forum?.stop()])));

  async function openAs(username: string, javaScriptEnabled: boolean) {
    const context = await browser.newContext({ javaScriptEnabled });
    const { page, complaints } = await openPage(context);
    await page.goto(`${forum.url}/login`);
    await fillInSignIn(page, username);
    await page.waitForURL((address) => address.pathname !== '/login');
    complaints.length = 0;
    return { context, page, complaints };
  }

  /** The languages that the language switch of a page offers, and the pseudo-locale. */
  async function listLanguages(page: Page): Promise<{ language: string; direction: string }[]> {
    await page.goto(`${forum.url}/user-api-key/activate`);
    const options = [
      ...(await page.content()).matchAll(/<option value="([^"]+)" lang="[^"]+" dir="(ltr|rtl)"/g),
    ];
    const offered = options.map(([, language = '', direction = '']) => ({ language, direction }));
    expect(offered.length).toBeGreaterThan(1);
    return [...offered.filter(({ language }) => language !== 'en'), { language: 'en-XA', direction: 'ltr' }];
  }

  test.each([
    { username: 'alice', paths: USER_PAGES },
    { username: 'admin', paths: ADMIN_PAGES },
  ])(
    'pages of $username: fit in every language, run nothing hostile, and axe finds nothing in Arabic and long texts',
    { timeout: 240_000 },
    async ({ username, paths }) => {
      const { context, page, complaints } = await openAs(username, true);
      page.on('dialog', () => complaints.push('A script opened a dialog.'));
      for (const { language, direction } of await listLanguages(page)) {
        await context.addCookies([{ name: 'valetkey_language', value: language, url: forum.url }]);
        for (const [index, path] of paths.entries()) {
          complaints.length = 0;
          const response = await page.goto(forum.url + path);
          const html = page.locator('html');
          expect(await html.getAttribute('lang'), path).toBe(language);
          expect(await html.getAttribute('dir'), path).toBe(direction);
          const name = `${path} in ${language}`;
          if (!(language in VIEWS)) await expectToFit(page, name, [phone]);
          for (const { viewport, colorScheme } of VIEWS[language] ?? []) {
            await page.emulateMedia({ colorScheme });
            await expectToFit(page, name, [viewport]);
            await takePicture(page, `${language}-${username}-${index}-${viewport.width}-${colorScheme}`);
            await expectNoViolations(page, `${name} at ${viewport.width} px`);
          }
          // Chromium reports the status of a refusal as an error.
          if (response?.ok()) expect(complaints, path).toEqual([]);
        }
      }
      await context.close();
    },
  );

  test.each([
    { username: 'alice', paths: USER_PAGES },
    { username: 'admin', paths: ADMIN_PAGES },
  ])(
    'pages of $username: fit all widths without script',
    { timeout: 60_000 },
    async ({ username, paths }) => {
      const { context, page } = await openAs(username, false);
      for (const path of paths) {
        await page.goto(forum.url + path);
        await expectToFit(page, path);
        expect(await page.locator('[data-copy]:visible').count(), path).toBe(0);
      }
      await context.close();
    },
  );

  test('consent, apps and revoke: work with the keyboard alone, without script', async () => {
    const { context, page } = await openAs('alice', false);
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

  test('the language switch: keeps the selected permissions and expiry, without script', async () => {
    const { context, page } = await openAs('alice', false);
    await page.goto(`${forum.url}/user-api-key/new?${request}`);
    await page.uncheck('input[name="grant:write"]');
    await page.locator('details summary').click();
    await page.selectOption('#earlier', '86400');
    await page.selectOption('#language', 'de');
    await Promise.all([page.waitForEvent('load'), page.locator('.language button').click()]);
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await page.isChecked('input[name="grant:write"]')).toBe(false);
    expect(await page.isChecked('input[name="grant:notifications"]')).toBe(true);
    expect(await page.inputValue('#earlier')).toBe('86400');
    expect(page.url()).not.toContain('authenticity_token');
    await page.locator('button.primary').click();
    await page.locator('#payload').waitFor();
    await context.close();
  });
});
