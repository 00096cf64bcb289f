import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const candidates = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The path of the browser, or null if none is installed. */
export const chromiumPath = candidates.find((path) => path !== undefined && existsSync(path)) ?? null;

/** Launches a headless Chromium without background requests and updates. */
export function launchChromium(): Promise<Browser> {
  if (chromiumPath === null)
    throw new Error('Chromium is not installed. Install it with: apt-get install chromium');
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Fills in the open sign-in page. */
export async function fillInSignIn(page: Page, username: string): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill('valetkey-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Opens a page that records errors of the browser: policy violations and script errors. */
export async function openPage(context: BrowserContext): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints };
}
