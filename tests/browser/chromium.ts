import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const candidates = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The program of the browser, or null where none is installed. */
export const chromiumPath = candidates.find((path) => path !== undefined && existsSync(path)) ?? null;

/** A headless Chromium that looks up nothing and updates nothing. */
export function launchChromium(): Promise<Browser> {
  if (chromiumPath === null) throw new Error('No Chromium here. Install it with: apt-get install chromium');
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

/** Fills in the sign-in page that is open, as a person would. */
export async function fillInSignIn(page: Page, username: string): Promise<void> {
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill('valetkey-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** A page that keeps what the browser complained about: a policy that was violated, an error in a script. */
export async function openPage(context: BrowserContext): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints };
}
