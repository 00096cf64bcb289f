import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const screenshots = join(import.meta.dirname, '../../test-results/screenshots');

/** As narrow as they are sold. */
export const phone = { width: 360, height: 800 };
const desktop = { width: 1280, height: 900 };

/** Takes a picture of the open page on a phone and on a desktop, and holds it against axe; it scrolls down only. */
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
  // Evaluated by the devtools, not by the page: its policy allows no foreign script, and stays as it is.
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
