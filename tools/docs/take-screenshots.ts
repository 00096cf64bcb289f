// Takes the screenshots of the consent page in README.md, in the light and the dark colour scheme: npm run
// screenshots
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createLogin } from '@valetkey/client';
import { startForumProcess } from '@valetkey/test-support/forum-process';
import { fillInSignIn, launchChromium } from '../../tests/browser/chromium.ts';
import { root } from '../source-tree.ts';

const MAX_BYTES = 100_000;
const folder = join(root, 'docs/images');

const forum = await startForumProcess();
const browser = await launchChromium();
try {
  mkdirSync(folder, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: 460, height: 400 },
    });
    const page = await context.newPage();
    const { url } = await createLogin({
      site: forum.url,
      applicationName: 'Plum Reader',
      scopes: ['notifications'],
      authRedirect: 'discourse://auth_redirect',
      expiresInSeconds: 30 * 86_400,
    });
    await page.goto(url.href);
    await fillInSignIn(page, 'alice');
    await page.getByRole('button', { name: 'Approve' }).waitFor();
    const path = join(folder, `consent-${colorScheme}.png`);
    await page.getByRole('main').screenshot({ path });
    await context.close();
    if (statSync(path).size > MAX_BYTES) throw new Error(`${path} is larger than ${MAX_BYTES} bytes.`);
  }
} finally {
  await browser.close();
  await forum.stop();
}
