import { generateKeyPairSync } from 'node:crypto';
import { type ForumProcess, startForumProcess } from '@valetkey/test-support/forum-process';
import { signIn } from '@valetkey/test-support/sign-in';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillInSignIn, launchChromium, openPage } from './chromium.ts';
import { describeInChromium } from './describe-in-chromium.ts';
import { examine, phone } from './examine.ts';

const ADMIN_KEYS = '/admin/api/keys';
const AUDIT = '/admin/user-api-key-audit';
const BLOCKS = '/admin/user-api-key-blocks';
const CLIENTS = '/admin/user-api-key-clients';
const SETTINGS = '/admin/user-api-key-settings';
const TOOLS = '/admin/mcp-tools';

const OTHER_REDIRECT = 'https://pear.example/signed-in';

/** All admin pages, and the action after opening each. */
const pages: readonly (readonly [name: string, path: string, act?: (page: Page) => Promise<unknown>])[] = [
  ['admin-overview', '/admin/user-api-keys'],
  ['admin-settings', SETTINGS],
  ['admin-settings-section', `${SETTINGS}?section=limits`],
  ['admin-settings-changed', `${SETTINGS}?changed=true`],
  ['admin-settings-refused', SETTINGS, saveMistakes],
  ['admin-keys-none', ADMIN_KEYS],
  ['admin-key-form', `${ADMIN_KEYS}/new`],
  ['admin-key-refused', `${ADMIN_KEYS}/new`, (page) => makeAdminKey(page, 'nobody')],
  ['admin-key', `${ADMIN_KEYS}/new`, (page) => makeAdminKey(page, 'alice')],
  ['admin-keys', ADMIN_KEYS],
  [
    'admin-keys-revoked',
    ADMIN_KEYS,
    (page) =>
      page
        .getByRole('button', { name: /^Revoke/ })
        .first()
        .click(),
  ],
  ['admin-user-keys', '/admin/user-api-key-list'],
  [
    'admin-user-keys-revoked',
    '/admin/user-api-key-list',
    async (page) => {
      await page.locator('input[type=checkbox]').first().check();
      await page.getByRole('button', { name: 'Revoke selected keys' }).click();
    },
  ],
  ['admin-clients', CLIENTS],
  ['admin-clients-redirect', CLIENTS, (page) => page.getByText('Allow this redirect…').click()],
  ['admin-redirects', '/admin/user-api-key-redirects?pattern=https://*.example/*'],
  ['admin-redirects-listed', '/admin/user-api-key-redirects?pattern=https://plum.example/signed-in'],
  ['admin-redirects-invalid', '/admin/user-api-key-redirects?pattern=https://*/'],
  ['admin-blocks-none', BLOCKS],
  ['admin-blocks-rejected', BLOCKS, (page) => enterBlock(page, 'evil example')],
  ['admin-blocks-confirm', BLOCKS, (page) => enterBlock(page, 'plum.example')],
  ['admin-blocks', BLOCKS, blockPlum],
  ['admin-tools', TOOLS, turnToolOff],
  ['admin-audit', AUDIT],
  ['admin-audit-filtered', `${AUDIT}?person=alice&from=2020-01-01`],
  ['admin-clients-delete', CLIENTS, (page) => page.getByText('Delete Plum Reader…').click()],
];

async function makeAdminKey(page: Page, username: string): Promise<void> {
  await page.getByLabel('Description').fill('Moves old topics to the archive, every night');
  await page.getByLabel('User', { exact: true }).fill(username);
  await page.getByLabel(/Selected scopes only/).check();
  await page.getByLabel('Start topics and reply to them topics:write').check();
  await page.getByLabel('Start topics and reply to them: only if topic_id is').fill('7, 9');
  await page.getByRole('button', { name: 'Create key' }).click();
}

async function enterBlock(page: Page, host: string): Promise<void> {
  await page.getByLabel('Client id or host').fill(host);
  await page.getByLabel(/^Reason/).fill('It sells the private messages that it reads.');
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function blockPlum(page: Page): Promise<void> {
  await enterBlock(page, 'plum.example');
  await page.getByRole('button', { name: 'Block', exact: true }).click();
  await page.getByRole('button', { name: 'Remove the block' }).waitFor();
}

async function turnToolOff(page: Page): Promise<void> {
  await page.getByLabel('Agents can use discourse_create_post').uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('status').getByText('discourse_create_post').waitFor();
}

async function saveMistakes(page: Page): Promise<void> {
  await page.getByLabel('max_user_api_reqs_per_day').fill('lots');
  await page
    .getByLabel('allowed_user_api_auth_redirects')
    .fill('https://*.example.com/cb\nhttps://app.example/callback/*\n*\njavascript:alert(1)');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Nothing was saved').waitFor();
}

/** A client that registered itself and that alice uses. */
async function registerApp(url: string): Promise<void> {
  const admin = await signIn(url, 'admin');
  const values = {
    allow_user_api_key_client_scopes: 'read|notifications',
    user_api_key_clients_create_per_day: '2',
    allowed_user_api_auth_redirects: 'https://plum.example/signed-in',
  };
  for (const [name, value] of Object.entries(values))
    expect((await admin.send('PUT', `/admin/site_settings/${name}.json`, { [name]: value })).status).toBe(
      200,
    );
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const app = {
    client_id: 'f3a1c8d2-plum-reader',
    application_name: 'Plum Reader',
    public_key: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    auth_redirect: 'https://plum.example/signed-in',
    scopes: 'read,notifications',
  };
  // The first redirect is not on the list.
  const other = {
    ...app,
    client_id: 'other',
    application_name: 'Pear Reader',
    auth_redirect: OTHER_REDIRECT,
  };
  expect(
    (await fetch(`${url}/user-api-key-client`, { method: 'POST', body: new URLSearchParams(other) })).status,
  ).toBe(200);
  const body = new URLSearchParams(app);
  expect((await fetch(`${url}/user-api-key-client`, { method: 'POST', body })).status).toBe(200);
  const alice = await signIn(url, 'alice');
  expect((await alice.send('POST', '/user-api-key.json', { ...app, nonce: 'n' })).status).toBe(200);
}

describeInChromium('the pages for admins', () => {
  let forum: ForumProcess;
  let browser: Browser;
  beforeAll(async () => {
    [forum, browser] = await Promise.all([startForumProcess(), launchChromium()]);
    await registerApp(forum.url);
  });
  afterAll(async () => void (await Promise.all([browser?.close(), forum?.stop()])));

  async function openAs(username: string, path: string, options: Parameters<Browser['newContext']>[0] = {}) {
    const context = await browser.newContext(options);
    const { page, complaints } = await openPage(context);
    await page.goto(`${forum.url}/login?return_to=${encodeURIComponent(path)}`);
    await fillInSignIn(page, username);
    await page.waitForURL((address) => address.pathname !== '/login');
    return { context, page, complaints };
  }

  test('admin pages: pass axe and fit a phone, a tablet and a desktop', { timeout: 300_000 }, async () => {
    const { context, page } = await openAs('admin', '/admin/user-api-keys', { viewport: phone });
    for (const [name, path, act] of pages) {
      await page.setViewportSize(phone);
      await page.goto(forum.url + path);
      await act?.(page);
      await page.waitForLoadState();
      await examine(page, name);
    }
    await context.close();
  });

  test('settings page: explains a value and its errors while an admin types', async () => {
    const { context, page, complaints } = await openAs('admin', SETTINGS);
    const field = page.getByLabel('allowed_user_api_auth_redirects');
    await field.fill('https://app.example/<b>cb');
    await page.locator('#mistake-allowed_user_api_auth_redirects:not(:empty)').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await field.fill('*');
    await page.getByText('EVERYTHING: any URL').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('false');
    expect(complaints).toEqual([]);
    await page.reload();
    expect(await field.inputValue()).toBe('https://plum.example/signed-in');
    await context.close();
  });

  test('settings page: a setting can be changed by keyboard, without script', async () => {
    const { context, page } = await openAs('admin', SETTINGS, { javaScriptEnabled: false });
    await page.getByLabel('audit_retention_days').focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('90');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('Saved: audit_retention_days.').waitFor();
    await page.getByRole('link', { name: 'Overview' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Kept for 90 days').waitFor();
    await context.close();
  });

  test('tools page: a tool is turned off and on by keyboard, without script', async () => {
    const { context, page } = await openAs('admin', TOOLS, { javaScriptEnabled: false });
    const box = page.getByLabel('Agents can use discourse_read_topic');
    for (const isOn of [false, true]) {
      await box.focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('Enter');
      await page.getByRole('status').getByText('Saved: discourse_read_topic.').waitFor();
      expect(await box.isChecked()).toBe(isOn);
    }
    await context.close();
  });

  test.each([
    { javaScriptEnabled: true, shown: /^\d+ \w+ \d{4} at \d\d:\d\d$/ },
    { javaScriptEnabled: false, shown: /^\d+ \w+ \d{4} at \d\d:\d\d UTC$/ },
  ])('times: are in the time zone of the browser, or in UTC: %o', async ({ javaScriptEnabled, shown }) => {
    const options = { locale: 'en-GB', timezoneId: 'Asia/Kolkata', javaScriptEnabled };
    const { context, page, complaints } = await openAs('admin', AUDIT, options);
    const time = page.locator('time').first();
    const text = (await time.textContent()) ?? '';
    expect(text).toMatch(shown);
    const utc = new Date((await time.getAttribute('datetime')) ?? '');
    const local = javaScriptEnabled ? new Date(utc.getTime() + 330 * 60_000) : utc;
    expect(text).toContain(local.toISOString().slice(11, 16));
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('clients page: a button adds the redirect that a registered app wants to the list', async () => {
    const { context, page } = await openAs('admin', CLIENTS);
    await page.getByText('Allow this redirect…').click();
    await page.getByRole('button', { name: 'Allow this redirect' }).click();
    await page.getByText('Allow this redirect…').waitFor({ state: 'detached' });
    await page.goto(new URL(SETTINGS, page.url()).href);
    expect(await page.getByLabel('allowed_user_api_auth_redirects').inputValue()).toContain(OTHER_REDIRECT);
    await context.close();
  });

  test('forum: links the admin pages on every page, for admins only', async () => {
    const { context, page } = await openAs('admin', '/categories');
    await page.getByRole('link', { name: 'Keys and apps' }).click();
    await page.getByRole('heading', { name: 'Keys and apps' }).waitFor();
    for (const name of ['Settings', 'Keys of users', 'Admin keys', 'Registered apps', 'Audit log']) {
      const link = page.getByRole('navigation').getByRole('link', { name });
      await link.click();
      await page.getByRole('heading', { name, level: 1 }).waitFor();
      expect(await link.getAttribute('aria-current')).toBe('page');
    }
    await context.close();
    const alice = await openAs('alice', '/categories');
    expect(await alice.page.getByRole('link', { name: 'Keys and apps' }).count()).toBe(0);
    await alice.context.close();
  });
});
