import { describe } from 'vitest';
import { chromiumPath } from './chromium.ts';

/**
 * `describe` for tests that need Chromium. Without it they are reported as skipped by name; with `CI` set they fail.
 */
export const describeInChromium =
  chromiumPath === null && process.env.CI === undefined ? describe.skip : describe;
