import { describe } from 'vitest';
import { chromiumPath } from './chromium.ts';

/**
 * `describe` for tests that need a Chromium. Where none is installed they are reported as skipped, each by its name; with `CI` set
 * they fail, as the browser cannot be launched.
 */
export const describeInChromium =
  chromiumPath === null && process.env.CI === undefined ? describe.skip : describe;
