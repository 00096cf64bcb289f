import { SPELLINGS } from '@valetkey/test-support/path-spellings';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPathAmbiguity } from './find-path-ambiguity.ts';
import { createRouteMatcher } from './route-matcher.ts';

const matchRoute = createRouteMatcher([
  { name: 'admin', method: 'GET', path: '/admin/x' },
  { name: 'note', method: 'GET', path: '/api/notes/:id' },
  { name: 'any', method: 'GET', path: '/:folder/:file' },
]);
const strict = { allowsSemicolons: false };
const find = (target: string) => findPathAmbiguity(target, strict);

describe('findPathAmbiguity', () => {
  test.each([
    '/',
    '/notes',
    '/notes/7',
    '/notes/',
    '/a.b/c~d',
    '/x?y=//../%2f;',
    '/caf%C3%A9',
    '/a%20b',
    '/100%25',
    '/a:b@c,d',
    "/(a)!*'$&+=",
  ])('accepts %s', (target) => expect(find(target)).toBeNull());

  test.each([
    ['/notes/7#x', 'fragment'],
    ['/notes/7?a#b', 'fragment'],
    ['/notes//7?a', 'empty_segment'],
    ['//notes', 'empty_segment'],
    ['/notes/7\n', 'character'],
    ['/notes/7\\8', 'backslash'],
    ['/notes/.', 'dot_segment'],
    ['notes/7', 'not_a_path'],
    ['?a', 'not_a_path'],
  ])('rejects %j: %s', (target, ambiguity) => expect(find(target)).toBe(ambiguity));

  test('allows semicolons only if the configuration does', () => {
    expect(find('/a;b')).toBe('semicolon');
    expect(find('/a%3bb')).toBe('semicolon');
    expect(findPathAmbiguity('/a;b', { allowsSemicolons: true })).toBeNull();
    expect(findPathAmbiguity('/a/..;x/b', { allowsSemicolons: true })).toBe('dot_segment');
  });

  test.each(SPELLINGS)(
    '%s is rejected, or matches no other route than the one that a program reads',
    (target) => {
      if (find(target) !== null) return;
      const [path = ''] = target.split('?', 1);
      const isAdmin = READERS.some((read) => read(path) === '/admin/x');
      const route = matchRoute({ method: 'GET', url: target });
      if (isAdmin) expect([undefined, 'admin']).toContain(route?.name);
      else expect(route?.name).not.toBe('admin');
    },
  );

  test('accepts a path only if parsers of different kinds read the same segments', () => {
    const piece = fc.constantFrom(
      'a',
      'admin',
      '.',
      '..',
      '/',
      '//',
      '\\',
      '%2f',
      '%2E',
      '%5c',
      '%00',
      '%252e',
      ';',
      '?',
      '#',
      '%',
      'é',
      ' ',
      '%c0%ae',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const target = `/${pieces.join('')}`;
        if (find(target) !== null) return;
        const [path = ''] = target.split('?', 1);
        const [first, ...others] = READERS.map((read) => read(path));
        for (const other of others) expect(other).toBe(first);
      }),
      { numRuns: 5_000 },
    );
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (target) => void find(target)));
  });
});

/** Ways in which programs read a path before they choose a route. */
const DECODERS: readonly ((path: string) => string)[] = [
  (path) => new URL(path, 'http://host').pathname,
  (path) => decode(new URL(path, 'http://host').pathname),
  (path) => new URL(decode(path), 'http://host').pathname,
  (path) => decode(path).replace(/\/{2,}/g, '/'),
  (path) => decode(path).replaceAll('\\', '/'),
  (path) => decode(path).replace(/;[^/]*/g, ''),
  (path) => decode(decode(path)),
  (path) => decode(path).split('\0', 1)[0] as string,
];
const READERS = DECODERS.map((read) => (path: string) => decode(read(path)));

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
