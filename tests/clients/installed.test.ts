import { expect, test } from 'vitest';
import { isInstalled } from './installed.ts';

test('CI: the packages of tests/clients are installed', () => {
  expect(isInstalled || !process.env.CI, 'run npm run clients').toBe(true);
});
