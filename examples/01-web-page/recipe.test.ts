import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestSite, type TestSite } from '@valetkey/forum/testing';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { fillInSignIn, launchChromium } from '../../tests/browser/chromium.ts';
import { serveFolder } from '../test-support/serve-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'valetkey-web-page-'));
let site: TestSite;
let browser: Browser;
let app: Awaited<ReturnType<typeof serveFolder>>;

beforeAll(async () => {
  site = await startTestSite();
  process.env.VITE_FORUM = site.url;
  await build({ root: import.meta.dirname, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
  app = await serveFolder(folder);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  app.close();
  await site.close();
  rmSync(folder, { recursive: true });
});

/** Opens the app, with or without its origin in `cors_origins`. */
async function openApp(allowed: { origin: boolean }): Promise<Page> {
  await site.changeSettings({
    allowed_user_api_auth_redirects: `${app.url}/`,
    cors_origins: allowed.origin ? app.url : '',
  });
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(app.url);
  return page;
}

/** Opens the consent page. */
async function connect(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Connect' }).click();
  await fillInSignIn(page, 'alice');
}

/** Waits for a status text of the page, and returns it. */
async function waitForStatus(page: Page, sentence: RegExp): Promise<string> {
  const status = page.getByRole('status').filter({ hasText: sentence });
  await status.waitFor();
  return (await status.textContent()) ?? '';
}

test('page: connects, shows the user, and posts from another origin', async () => {
  const page = await openApp({ origin: true });
  await connect(page);
  await page.getByRole('button', { name: 'Approve' }).click();
  await waitForStatus(page, /^You are alice\.$/);
  expect(page.url()).toBe(`${app.url}/`);

  await page.getByLabel('Title').fill('Made by a page & <b>nobody’s</b> server');
  await page.getByLabel('Text').fill('The page that posts this topic has no password.');
  await page.getByRole('button', { name: 'Post' }).click();
  const address = /http\S+/.exec(await waitForStatus(page, /^Made a topic: http\S+\/t\/\d+$/))?.[0];
  expect(await (await fetch(`${address}.json`)).json()).toMatchObject({
    title: 'Made by a page & <b>nobody’s</b> server',
    details: { created_by: { username: 'alice' } },
  });
});

test('page: shows the reason when the user declines or the key was revoked', async () => {
  const page = await openApp({ origin: true });
  await connect(page);
  await page.getByRole('button', { name: 'Decline' }).click();
  await waitForStatus(page, /declined/);

  await page.getByRole('button', { name: 'Connect' }).click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await waitForStatus(page, /^You are alice\.$/);
  await site.revokeKeys('alice');
  await page.getByLabel('Title').fill('This topic will never be');
  await page.getByLabel('Text').fill('Its key was revoked before it was posted.');
  await page.getByRole('button', { name: 'Post' }).click();
  await waitForStatus(page, /revoked/);
});

test('page: rejects a response for another browser', async () => {
  const [victim, attacker] = [await openApp({ origin: true }), await openApp({ origin: true })];
  const begin = async (page: Page): Promise<string> => {
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.waitForURL(/\/login/);
    const asked = new URL(page.url()).searchParams.get('return_to') ?? '';
    return site.url + asked;
  };
  await begin(victim);
  const { redirectUrl } = await site.approve(await begin(attacker), 'bob');
  await victim.goto(redirectUrl ?? '');
  await waitForStatus(victim, /other|another|cannot/);
  expect(victim.url()).toBe(`${app.url}/`);
  await attacker.goto(redirectUrl ?? '');
  await waitForStatus(attacker, /^You are bob\.$/);
});

test('page: explains an origin that is not listed in cors_origins', async () => {
  const page = await openApp({ origin: false });
  await connect(page);
  await page.getByRole('button', { name: 'Approve' }).click();
  expect(await waitForStatus(page, /cors_origins/)).toContain(app.url);
});
