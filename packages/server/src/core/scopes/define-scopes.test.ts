import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { defineScopes } from './define-scopes.ts';
import { discourseScopes } from './discourse-scopes.ts';
import { isUrlKey, ownUsername, type ScopeDefinitions } from './scope.ts';

const permission = { route: 'photos#show', methods: ['GET'] } as const;
const scope = { sentence: 'See your photos', permissions: [permission] } as const;

test('defineScopes: returns equal definitions, with literal types', () => {
  const table = {
    ...discourseScopes,
    'photos:read': scope,
    'photos.own': { ...scope, permissions: [{ ...permission, parameters: { username: ownUsername } }] },
    album: { ...scope, permissions: [{ ...permission, formats: ['rss'], isAllowedInUrl: true }] },
    everything: { ...scope, permissions: [{ route: '*', methods: ['GET', 'POST'] }], isDangerous: true },
  } as const;
  expect(defineScopes(table)).toEqual(table);
  const scopes = defineScopes({ 'photos:read': { sentence: 'See', permissions: [permission] } });
  expectTypeOf<keyof typeof scopes>().toEqualTypeOf<'photos:read'>();
  expectTypeOf(scopes['photos:read'].permissions[0].route).toEqualTypeOf<'photos#show'>();
});

test('defineScopes: a method and a path stand for the route with this path as name', () => {
  const photos = { sentence: 'See', permissions: ['GET /photos/:id', permission] } as const;
  const scopes = defineScopes({ photos });
  expect(scopes.photos.permissions).toEqual([{ methods: ['GET'], route: '/photos/:id' }, permission]);
  expectTypeOf(scopes.photos.permissions[1].route).toEqualTypeOf<'photos#show'>();
  expectTypeOf(scopes).toExtend<ScopeDefinitions>();
});

/** Definitions from JavaScript, without type checks. */
const define = (table: unknown): unknown => defineScopes(table as ScopeDefinitions);
const withPermission = (changes: object): object => ({
  ...scope,
  permissions: [{ ...permission, ...changes }],
});

describe('defineScopes: rejects a scope and names it with the reason', () => {
  test.each<[string, object]>([
    ['start with a lower-case letter', { 'Photos:read': scope }],
    ['start with a lower-case letter', { 'photos read': scope }],
    ['start with a lower-case letter', { 'photos,read': scope }],
    ['start with a lower-case letter', { 'photos|read': scope }],
    ['start with a lower-case letter', { '': scope }],
    ['start with a lower-case letter', { ['__proto__']: scope }],
    ['start with a lower-case letter', { 'photos\n': scope }],
    ['longer than 60', { [`p${'x'.repeat(60)}`]: scope }],
    ['unknown field “dangerous”', { photos: { ...scope, dangerous: true } }],
    ['isDangerous must be', { photos: { ...scope, isDangerous: 'yes' } }],
    ['its sentence', { photos: { ...scope, sentence: ' ' } }],
    ['its sentence', { photos: { ...scope, sentence: 'See\nphotos' } }],
    ['its sentence', { photos: { permissions: [permission] } }],
    ['must be a list', { photos: { ...scope, permissions: 'all' } }],
    ['it has no permission', { photos: { ...scope, permissions: [] } }],
    ['unknown field “format”', { photos: withPermission({ format: 'ics' }) }],
    ...['GET photos', 'GET  /photos', 'GET /photos ', 'get /photos', '/photos', ''].map(
      (text): [string, object] => [
        `“${text}” is not of the form`,
        { photos: { ...scope, permissions: [text] } },
      ],
    ),
    ['the method HEAD', { photos: { ...scope, permissions: ['HEAD /photos'] } }],
    ['names no route', { photos: withPermission({ route: '' }) }],
    ['names no route', { photos: withPermission({ route: 'GET /photos' }) }],
    ['names no route', { photos: withPermission({ route: undefined }) }],
    ['use * alone', { photos: withPermission({ route: 'photos#*' }) }],
    ['has no methods', { photos: withPermission({ methods: [] }) }],
    ['has no methods', { photos: withPermission({ methods: 'GET' }) }],
    ['the method get', { photos: withPermission({ methods: ['get'] }) }],
    ['the method HEAD', { photos: withPermission({ methods: ['GET', 'HEAD'] }) }],
    ['invalid formats', { photos: withPermission({ formats: [] }) }],
    ['invalid formats', { photos: withPermission({ formats: ['.ics'] }) }],
    ['bound to no parameter', { photos: withPermission({ parameters: {} }) }],
    ['no valid values for “username”', { photos: withPermission({ parameters: { username: [] } }) }],
    ['no valid values for “username”', { photos: withPermission({ parameters: { username: 'alice' } }) }],
    [
      'no valid values for “username”',
      { photos: withPermission({ parameters: { username: Symbol('ownUsername') } }) },
    ],
    ['no valid values for “id”', { photos: withPermission({ parameters: { id: [7] } }) }],
    ['isAllowedInUrl that is not', { photos: withPermission({ isAllowedInUrl: 'yes' }) }],
    ['exactly one route', { photos: withPermission({ isAllowedInUrl: true, methods: ['GET', 'POST'] }) }],
    ['exactly one route', { photos: withPermission({ isAllowedInUrl: true, route: '*' }) }],
    [
      'exactly one route',
      { photos: { ...scope, permissions: [{ ...permission, isAllowedInUrl: true }, permission] } },
    ],
    ['set isDangerous', { photos: withPermission({ route: '*', methods: ['GET', 'DELETE'] }) }],
  ])('%s', (fault, table) => {
    const name = Object.keys(table)[0] ?? '';
    expect(() => define({ ...discourseScopes, ...table })).toThrow(fault);
    expect(() => define(table)).toThrow(`The scope “${name}”`);
  });
});

test('defineScopes: a scope that it accepts as allowed in a URL makes a URL key', () => {
  const anyPermission = fc.record(
    {
      route: fc.constantFrom('*', 'photos#show', ''),
      methods: fc.subarray(['GET', 'POST']),
      isAllowedInUrl: fc.boolean(),
    },
    { requiredKeys: ['route', 'methods'] },
  );
  fc.assert(
    fc.property(fc.array(anyPermission, { maxLength: 2 }), (permissions) => {
      const table = { photos: { sentence: 'See', permissions, isDangerous: true } };
      fc.pre(isTaken(table));
      const isFlagged = permissions.some(({ isAllowedInUrl }) => isAllowedInUrl);
      expect(isUrlKey(['photos'], table as ScopeDefinitions)).toBe(isFlagged);
    }),
  );
});

function isTaken(table: unknown): boolean {
  try {
    define(table);
    return true;
  } catch {
    return false;
  }
}
