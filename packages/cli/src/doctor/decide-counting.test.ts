import { expect, test } from 'vitest';
import { decideCounting } from './decide-counting.ts';

test.each([
  [[], false],
  [[9], false],
  [[9, 8, 7], false],
  [[9, 5, 1], false],
  [[9, 9, 8], true],
  [[9, 8, 8], true],
  [[4, 8, 3], true],
])('counting: remaining uses %j are from several nodes: %j', (remaining, expected) => {
  expect(decideCounting(remaining).some(({ code }) => code === 'limits_per_node')).toBe(expected);
});
