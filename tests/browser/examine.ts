import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const screenshots = join(import.meta.dirname, '../../test-results/screenshots');

/** The smallest common screen. */
export const phone = { width: 360, height: 800 };
const tablet = { width: 768, height: 1024 };
export const desktop = { width: 1280, height: 900 };

/** The views of a page of which the tests keep a picture. */
const PICTURES = [
  { name: 'phone-light', viewport: phone, colorScheme: 'light', rules: null },
  // Between the colour schemes, only colours differ.
  { name: 'desktop-dark', viewport: desktop, colorScheme: 'dark', rules: ['color-contrast'] },
] as const;

/**
 * Takes screenshots of the page on a light phone and a dark desktop, and checks both with axe. Fails if the page scrolls
 * sideways on a phone, a tablet or a desktop.
 */
export async function examine(page: Page, name: string): Promise<void> {
  for (const picture of PICTURES) {
    await page.emulateMedia({ colorScheme: picture.colorScheme });
    await page.setViewportSize(picture.viewport);
    await takePicture(page, `${name}-${picture.name}`);
    await expectNoViolations(page, `${name} ${picture.name}`, picture.rules);
  }
  await expectToFit(page, name);
}

/** Saves a picture of the whole page in `test-results/screenshots`. */
export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
}

/** Fails if axe finds something in the page as it is shown. @param rules null for all rules */
export async function expectNoViolations(
  page: Page,
  name: string,
  rules: readonly string[] | null = null,
): Promise<void> {
  // Evaluated through the devtools, because the page’s policy allows no foreign script.
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axe.source);
  expect(await findViolations(page, rules), name).toEqual([]);
}

/** Fails if the page scrolls sideways at one of these widths. @default phone, tablet and desktop */
export async function expectToFit(
  page: Page,
  name: string,
  viewports: readonly { readonly width: number; readonly height: number }[] = [phone, tablet, desktop],
): Promise<void> {
  for (const viewport of viewports) {
    await page.setViewportSize(viewport);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${name} at ${viewport.width} px scrolls sideways`).toBeLessThanOrEqual(0);
  }
}

/** @param rules null for all rules */
function findViolations(page: Page, rules: readonly string[] | null): Promise<string[]> {
  return page.evaluate(async (runOnly) => {
    const { axe: tool } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await tool.run(runOnly === null ? {} : { runOnly })).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`,
    );
  }, rules);
}
