import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const screenshots = join(import.meta.dirname, '../../test-results/screenshots');

/** The smallest common screen. */
export const phone = { width: 360, height: 800 };
const desktop = { width: 1280, height: 900 };

/**
 * Takes a screenshot of the page on a phone and on a desktop, and checks it with axe. Fails if the page scrolls
 * horizontally.
 */
export async function examine(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  for (const [width, viewport] of Object.entries({ phone, desktop })) {
    await page.setViewportSize(viewport);
    await page.screenshot({ path: join(screenshots, `${name}-${width}.png`), fullPage: true });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${name} at ${width} width scrolls sideways`).toBeLessThanOrEqual(0);
  }
  // Evaluated through the devtools, because the page’s policy allows no foreign script.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await tool.run()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`,
    );
  });
  expect(violations, name).toEqual([]);
}
