// Takes the screenshots of the pages for README.md and docs/guides, in the light and the dark colour scheme:
// npm run screenshots
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection, createLogin, openLogin } from '@valetkey/client';
import { startForumProcess } from '@valetkey/test-support/forum-process';
import type { Browser, Page } from 'playwright-core';
import { fillInSignIn, launchChromium } from '../../tests/browser/chromium.ts';
import { root } from '../source-tree.ts';

const MAX_BYTES = 200_000;
const folder = join(root, 'docs/images');

type ColorScheme = 'light' | 'dark';

const APPS = [
  { applicationName: 'Plum Reader', scopes: ['read', 'notifications'], expiresInSeconds: 30 * 86_400 },
  { applicationName: 'Backup script', scopes: ['read'], expiresInSeconds: 90 * 86_400 },
];

/** Opens the consent page of an app for alice, signed in. */
async function openConsent(page: Page, url: URL): Promise<void> {
  await page.goto(url.href);
  await fillInSignIn(page, 'alice');
  await page.getByRole('button', { name: 'Approve' }).waitFor();
}

async function openPage(browser: Browser, colorScheme: ColorScheme, width: number): Promise<Page> {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 400 } });
  return context.newPage();
}

/** Approves an app without a redirect, and uses its key. */
async function connectApp(browser: Browser, site: string, app: (typeof APPS)[number]): Promise<void> {
  const page = await openPage(browser, 'light', 800);
  const login = await createLogin({ site, ...app });
  await openConsent(page, login.url);
  await page.getByRole('button', { name: 'Approve' }).click();
  const { key } = await openLogin(login, await page.getByRole('textbox').inputValue());
  const connection = createConnection({ site, key });
  for (let use = 0; use < 12; use += 1) await connection.fetch('/latest.json');
  // Refused: the scopes do not contain it.
  for (let use = 0; use < 3; use += 1)
    await connection.fetch('/posts.json', { method: 'POST' }).catch(() => {});
  await page.context().close();
}

async function take(page: Page, name: string): Promise<void> {
  const path = join(folder, `${name}.png`);
  await page.getByRole('main').screenshot({ path });
  await page.context().close();
  if (statSync(path).size > MAX_BYTES) throw new Error(`${path} is larger than ${MAX_BYTES} bytes.`);
}

async function takeConsent(browser: Browser, site: string, colorScheme: ColorScheme): Promise<void> {
  const page = await openPage(browser, colorScheme, 460);
  const { url } = await createLogin({
    site,
    applicationName: 'Plum Reader',
    scopes: ['notifications'],
    authRedirect: 'discourse://auth_redirect',
    expiresInSeconds: 30 * 86_400,
  });
  await openConsent(page, url);
  await take(page, `consent-${colorScheme}`);
}

/** Takes a page that only a signed-in user or admin can open. */
async function takePage(
  browser: Browser,
  colorScheme: ColorScheme,
  { url, username, name }: { readonly url: string; readonly username: string; readonly name: string },
): Promise<void> {
  const page = await openPage(browser, colorScheme, 860);
  await page.goto(url);
  await fillInSignIn(page, username);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await take(page, `${name}-${colorScheme}`);
}

const forum = await startForumProcess();
const browser = await launchChromium();
try {
  mkdirSync(folder, { recursive: true });
  for (const app of APPS) await connectApp(browser, forum.url, app);
  const redirects = '/admin/user-api-key-redirects?pattern=https%3A%2F%2F*.example.com%2Fcb*';
  for (const colorScheme of ['light', 'dark'] as const) {
    await takeConsent(browser, forum.url, colorScheme);
    for (const [name, username, path] of [
      ['apps', 'alice', '/u/alice/preferences/apps'],
      ['admin', 'admin', '/admin/user-api-keys'],
      ['redirects', 'admin', redirects],
    ] as const)
      await takePage(browser, colorScheme, { url: forum.url + path, username, name });
  }
} finally {
  await browser.close();
  await forum.stop();
}
