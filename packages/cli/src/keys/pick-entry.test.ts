import { expect, test } from 'vitest';
import { isReplacedBy, type KeyEntry } from './key-entry.ts';
import { pickEntry } from './pick-entry.ts';

const entry = (site: string, username: string | null, name: string | null = null): KeyEntry => ({
  id: `${site} ${username} ${name}`,
  site,
  name,
  username,
  clientId: 'c',
  scopes: ['read'],
  expiresAt: null,
  key: null,
});
const alice = entry('https://one.example', 'alice');
const bot = entry('https://one.example', 'alice', 'bot');
const other = entry('https://two.example', 'alice');
const nobody = entry('https://two.example', null);

test.each([
  ['the only key there is', [other], { site: null, name: null }, other],
  ['the only one of the site', [alice, other], { site: other.site, name: null }, other],
  ['by the user name', [alice, bot], { site: null, name: 'alice' }, alice],
  ['by the name it was given', [alice, bot, other], { site: null, name: 'bot' }, bot],
  ['by the URL of a page', [alice, other], { site: `${other.site}/t/topic/12`, name: null }, other],
  [
    'the longest site of a URL',
    [alice, entry(`${alice.site}/forum`, 'x')],
    { site: `${alice.site}/other`, name: null },
    alice,
  ],
  ['one without any name', [other, nobody], { site: null, name: 'unnamed' }, nobody],
])('pickEntry: finds %s', (_case, entries, choice, expected) => {
  expect(pickEntry(entries, choice)).toBe(expected);
});

test.each([
  ['there is none', [], { site: null, name: null }, [4, 'valetkey login <site>']],
  ['there is none for the site', [alice], { site: other.site, name: null }, [4, 'login https://two.example']],
  ['a name is mistyped', [alice, bot], { site: null, name: 'alic' }, [4, 'Did you mean alice?']],
  [
    'a site is mistyped',
    [alice],
    { site: 'https://onne.example', name: null },
    [4, 'mean https://one.example?'],
  ],
  [
    'the site only starts like the URL',
    [alice],
    { site: `${alice.site}.evil`, name: null },
    [4, 'not logged in'],
  ],
  [
    'no key has that name',
    [alice, bot],
    { site: null, name: 'carol' },
    [4, 'Your identities there: alice, bot.'],
  ],
  [
    'several sites match',
    [alice, other],
    { site: null, name: 'alice' },
    [2, 'one.example, https://two.example'],
  ],
  ['several names match', [alice, bot], { site: alice.site, name: null }, [2, '--as: alice, bot']],
] as const)('pickEntry: says what to do if %s', (_case, entries, choice, [exitCode, words]) => {
  expect(() => pickEntry(entries, choice)).toThrow(
    expect.objectContaining({ exitCode, message: expect.stringContaining(words) }),
  );
});

test.each([
  ['the same person, without names', alice, { ...alice, id: 'new' }, true],
  ['another person', alice, entry(alice.site, 'bob'), false],
  ['the same person under a name of its own', alice, bot, false],
  ['the same name, approved by another user', bot, entry(bot.site, 'carol', 'bot'), true],
  ['the same person on another site', alice, other, false],
  ['a key of which nobody knows whose it is', nobody, other, true],
  ['a key of which nobody knows whose it is, for a named login', nobody, entry(nobody.site, 'x', 'n'), false],
  ['itself', alice, alice, false],
])('isReplacedBy: %s', (_case, earlier, later, expected) => {
  expect(isReplacedBy(earlier, later)).toBe(expected);
});
