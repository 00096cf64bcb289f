import { type ForumProcess, startForumProcess } from '@valetkey/test-support/forum-process';
import { signIn } from '@valetkey/test-support/sign-in';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillInSignIn, launchChromium } from './chromium.ts';
import { describeInChromium } from './describe-in-chromium.ts';

const NEW = '/u/alice/preferences/api-keys/new';
const APPS = '/u/alice/preferences/apps';

describeInChromium('a personal key, by keyboard and without script', () => {
  let forum: ForumProcess;
  let browser: Browser;
  beforeAll(async () => {
    [forum, browser] = await Promise.all([startForumProcess(), launchChromium()]);
    const admin = await signIn(forum.url, 'admin');
    const name = 'allow_personal_user_api_keys';
    await admin.send('PUT', `/admin/site_settings/${name}.json`, { [name]: 'all' });
  });
  afterAll(async () => void (await Promise.all([browser?.close(), forum?.stop()])));

  /** Presses Tab until the element with this name has the focus. */
  async function tabTo(page: Page, name: RegExp): Promise<void> {
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const { document } = globalThis as unknown as {
          document: {
            activeElement: {
              ariaLabel: string | null;
              labels?: { textContent: string }[];
              textContent: string;
            } | null;
          };
        };
        const element = document.activeElement;
        return element?.ariaLabel ?? element?.labels?.[0]?.textContent ?? element?.textContent ?? '';
      });
      if (name.test(focused)) return;
    }
    throw new Error(`Tab does not reach ${name}.`);
  }

  /** Runs the request of the displayed curl command, and returns the response of the site. */
  async function tryOut(page: Page): Promise<{ key: string; status: number }> {
    const line = await page.getByLabel('Test command').inputValue();
    const [, key = '', url = ''] = /^curl -H 'User-Api-Key: ([0-9a-f]{32})' '([^']+)'$/.exec(line) ?? [];
    expect(await page.getByLabel('Key', { exact: true }).inputValue()).toBe(key);
    const { status } = await fetch(url, { headers: { 'User-Api-Key': key } });
    return { key, status };
  }

  const statusOf = async (key: string): Promise<number> =>
    (await fetch(`${forum.url}/latest.json`, { headers: { 'User-Api-Key': key } })).status;

  test('is created, rotated with a grace period, and revoked', { timeout: 60_000 }, async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(forum.url + NEW);
    await fillInSignIn(page, 'alice');
    await page.waitForURL(forum.url + NEW);

    await tabTo(page, /^Name/);
    await page.keyboard.type('Backup script');
    await tabTo(page, /Read everything you can read/);
    await page.keyboard.press('Space');
    await tabTo(page, /^Allowed IP addresses/);
    await page.keyboard.type('127.0.0.1');
    await tabTo(page, /^Create key$/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your key for Backup script' }).waitFor();
    const old = await tryOut(page);
    expect([old.status, await statusOf(old.key)]).toEqual([200, 200]);

    await tabTo(page, /^your apps$/);
    await page.keyboard.press('Enter');
    await page.waitForURL(forum.url + APPS);
    await tabTo(page, /^Rotate Backup script$/);
    await page.keyboard.press('Enter');
    await tabTo(page, /^Old key/);
    await page.keyboard.type('works for another 1 hour');
    await tabTo(page, /^Create the new key for Backup script$/);
    await page.keyboard.press('Enter');
    await page.getByText(/^The old key works until/).waitFor();
    const newer = await tryOut(page);
    expect(newer.key).not.toBe(old.key);
    expect([newer.status, await statusOf(newer.key), await statusOf(old.key)]).toEqual([200, 200, 200]);

    await page.goto(forum.url + APPS);
    await tabTo(page, /^Revoke the old key of Backup script$/);
    await page.keyboard.press('Enter');
    await page.getByText('The old key of Backup script no longer works.').waitFor();
    expect([await statusOf(newer.key), await statusOf(old.key)]).toEqual([200, 403]);
    await context.close();
  });

  test('submitting the same form again by reloading reports that the key was rotated', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(forum.url + APPS);
    await fillInSignIn(page, 'alice');
    await page.waitForURL(forum.url + APPS);
    await page.getByLabel('Rotate Backup script').click();
    await page.getByRole('button', { name: 'Create the new key for Backup script' }).click();
    await page.getByText(/^The old key works until/).waitFor();
    await page.reload();
    await page.getByText('This key was already replaced').waitFor();
    await context.close();
  });
});
