import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRouteMatcher, type RouteDefinition } from './route-matcher.ts';

const ROUTES: readonly RouteDefinition[] = [
  { name: 'home', method: 'GET', path: '/' },
  { name: 'topics#show', method: 'GET', path: '/topics/:id', formats: ['json', 'rss'] },
  { name: 'topics#new', method: 'GET', path: '/topics/new' },
  { name: 'topics#destroy', method: 'DELETE', path: '/topics/:id' },
  { name: 'users#show', method: 'GET', path: '/u/:username/posts/:post' },
  { name: 'admin#index', method: 'GET', path: '/admin' },
  { name: 'pages#show', method: 'GET', path: '/:page' },
];
const match = createRouteMatcher(ROUTES);
const get = (url: string, method = 'GET') => match({ method, url });

describe('createRouteMatcher', () => {
  test.each([
    ['/', { name: 'home', parameters: {} }],
    ['/?a=/topics/7', { name: 'home', parameters: {} }],
    ['https://forum.example', { name: 'home', parameters: {} }],
    ['/topics/7', { name: 'topics#show', parameters: { id: '7' } }],
    ['/topics/7.json?x=1#y', { name: 'topics#show', format: 'json', parameters: { id: '7' } }],
    [
      'https://forum.example:8443/topics/7.rss',
      { name: 'topics#show', format: 'rss', parameters: { id: '7' } },
    ],
    ['/topics/new', { name: 'topics#new', parameters: {} }],
    ['/topics/7.xml', { name: 'topics#show', parameters: { id: '7.xml' } }],
    ['/u/J%C3%BCrgen/posts/a%20b', { name: 'users#show', parameters: { username: 'Jürgen', post: 'a b' } }],
    ['/u/100%25/posts/a+b', { name: 'users#show', parameters: { username: '100%', post: 'a+b' } }],
    ['/u/topics/posts/new', { name: 'users#show', parameters: { username: 'topics', post: 'new' } }],
  ])('matches %s', (url, route) => {
    expect(get(url)).toEqual(route);
    expect(get(url, 'HEAD')).toEqual(route);
  });

  test('names a route without a name by its path', () => {
    const byPath = createRouteMatcher([{ method: 'GET', path: '/photos/:id' }]);
    expect(byPath({ method: 'HEAD', url: '/photos/7' })).toEqual({
      name: '/photos/:id',
      parameters: { id: '7' },
    });
  });

  test.each([
    ['another method', '/topics/7', 'POST'],
    ['a method in lower case', '/topics/7', 'get'],
    ['OPTIONS', '/topics/7', 'OPTIONS'],
    ['an unknown path', '/topics/7/edit'],
    ['an empty segment', '/topics//7'],
    ['a slash at the end', '/topics/7/'],
    ['two slashes in front', '//topics/7'],
    ['a dot segment', '/x/../topics/7'],
    ['an escaped dot segment', '/topics/%2e%2E'],
    ['an escaped slash', '/topics/7%2Fedit'],
    ['a backslash', '/topics\\7'],
    ['an escaped backslash', '/topics/7%5C8'],
    ['an escaped NUL', '/topics/7%00'],
    ['a line break', '/topics/7%0d%0aX'],
    ['a raw control character', '/topics/7\n'],
    ['raw non-ASCII', '/topics/ü'],
    ['escapes that are no UTF-8', '/topics/%FF'],
    ['half an escape', '/topics/%4'],
    ['a value that is encoded twice', '/topics/%252e%252e'],
    ['an escaped literal', '/%61dmin'],
    ['a literal in another case', '/Admin'],
    ['a literal with an extension', '/admin.json'],
    ['a literal with a matrix parameter', '/admin;x=1'],
    ['an escaped literal that would be a value', '/topics/n%65w'],
    ['a literal as a value of another method', '/topics/new', 'DELETE'],
    ['a literal with a format that it does not have', '/topics/new.json'],
    ['a format without a value', '/topics/.json'],
    ['no path', 'nonsense'],
    ['another scheme', 'javascript:alert(1)'],
  ])('returns null for %s', (_what, url, method = 'GET') => {
    expect(get(url, method)).toBeNull();
  });

  test('gives every value back as it was encoded once, or returns null', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (value) => {
        fc.pre(value.isWellFormed());
        const route = get(`/u/${encodeURIComponent(value)}/posts/1`);
        if (route) expect(route.parameters).toEqual({ username: value, post: '1' });
        else expect(value).toMatch(/[/\\\p{Cc}]|%[0-9a-f]{2}|^\.\.?$/iu);
      }),
    );
  });

  test('never matches a path that another reading takes for an admin path', () => {
    const guarded = createRouteMatcher([
      { name: 'admin#show', method: 'GET', path: '/admin/:id' },
      { name: 'any#show', method: 'GET', path: '/:first/:second' },
    ]);
    const piece = fc.constantFrom(
      'admin',
      'Admin',
      '%61dmin',
      'admin;a',
      'admin.json',
      '7',
      '..',
      '%2f',
      '',
      '%2561',
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
        const route = guarded({ method: 'GET', url: `/${pieces.join('/')}` });
        if (route?.name === 'any#show') expect(pieces[0]).toBe('7');
      }),
    );
  });

  test.each<[string, Partial<RouteDefinition>]>([
    ['a path without a slash', { path: 'topics' }],
    ['an empty segment', { path: '/a//b' }],
    ['an escape', { path: '/a%20b' }],
    ['a wildcard', { path: '/a/*' }],
    ['a parameter twice', { path: '/:id/:id' }],
    ['a dot segment', { path: '/a/..' }],
    ['a method that no permission can name', { method: 'OPTIONS' as never }],
    ['a format that is no extension', { formats: ['.json'] }],
    ['no name', { name: '' }],
  ])('throws for %s', (_what, changes) => {
    expect(() => createRouteMatcher([{ name: 'x', method: 'GET', path: '/x', ...changes }])).toThrow(
      'cannot be used',
    );
  });

  test('throws for two routes with the same method and path', () => {
    const twice = [
      { name: 'a', method: 'GET', path: '/a/:id' },
      { name: 'b', method: 'GET', path: '/a/:name' },
    ] as const;
    expect(() => createRouteMatcher(twice)).toThrow('GET /a/:');
  });
});
