import type { Browser } from 'playwright-core';

/** Returns a PNG of 128 pixels that Chromium has drawn: a dark plum on a transparent ground. */
export async function drawIcon(browser: Browser): Promise<Buffer> {
  const page = await browser.newPage();
  const base64 = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 128, height: 128 });
    const context = canvas.getContext('2d');
    if (!context) throw new Error('The browser cannot draw.');
    context.fillStyle = '#4b1d52';
    context.arc(64, 72, 48, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = '#2e7d32';
    context.fillRect(60, 4, 8, 28);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  });
  await page.close();
  return Buffer.from(base64, 'base64');
}
