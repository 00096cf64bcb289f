import { describe } from 'vitest';

/**
 * Returns `describe` for tests that need a program or packages. If these are not installed, the tests are reported as
 * skipped by name; with `CI` set they run and fail.
 */
export const describeWhen = (isInstalled: boolean): typeof describe | typeof describe.skip =>
  isInstalled || process.env.CI !== undefined ? describe : describe.skip;
