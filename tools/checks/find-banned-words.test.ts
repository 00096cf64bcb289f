import { describe, expect, test } from 'vitest';
import { BANNED_WORDS } from './banned-words.ts';
import { findBannedWords, findCoveringPath } from './find-banned-words.ts';

describe.each(BANNED_WORDS)('banned word $pattern', ({ pattern, caught, passes, instead }) => {
  test('is found in its example, and not in a similar text', () => {
    expect(caught).toMatch(pattern);
    expect(findBannedWords('x', passes)).toEqual([]);
  });

  test('its replacement contains no banned word', () => {
    expect(findBannedWords('x', instead)).toEqual([]);
  });
});

test('findBannedWords: reports file, line, the words found and the replacement', () => {
  expect(findBannedWords('a.ts', 'fine\n// Whoever has it')).toEqual([
    'a.ts:2: "Whoever": write instead: name the party: a client that …, an attacker who …',
  ]);
});

test('findBannedWords: ignores names of files', () => {
  expect(findBannedWords('a.ts', "import { x } from './journey.test.ts';")).toEqual([]);
});

test('findCoveringPath: a folder covers its files, but no folder whose name starts the same', () => {
  expect(findCoveringPath('a/b/c.ts', ['a/b'])).toBe('a/b');
  expect(findCoveringPath('a/bc.ts', ['a/b'])).toBeNull();
  expect(findCoveringPath('a/b.ts', ['a/b.ts'])).toBe('a/b.ts');
});
