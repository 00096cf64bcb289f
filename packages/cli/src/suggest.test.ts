import { expect, test } from 'vitest';
import { COMMAND_NAMES } from './command-table.ts';
import { suggest } from './suggest.ts';

test.each([
  ['logn', 'login'],
  ['lgoin', 'login'],
  ['LOGIN', 'login'],
  ['whoam', 'whoami'],
  ['docter', 'doctor'],
  ['improt', 'import'],
])('suggest: finds the command for “%s”', (word, command) => {
  expect(suggest(word, COMMAND_NAMES)).toBe(` Did you mean ${command}?`);
});

test.each([['revoke'], ['x'], [''], ['constructor']])('suggest: offers nothing for “%s”', (word) => {
  expect(suggest(word, COMMAND_NAMES)).toBe('');
});
