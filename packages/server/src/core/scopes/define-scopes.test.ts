import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { defineScopes } from './define-scopes.ts';
import { discourseScopes } from './discourse-scopes.ts';
import { isUrlKey, ownUsername, type ScopeDefinitions } from './scope.ts';

const permission = { route: 'photos#show', methods: ['GET'] } as const;
const scope = { sentence: 'See your photos', permissions: [permission] } as const;

test('gives the table back as it is, with its literal types', () => {
  const table = {
    ...discourseScopes,
    'photos:read': scope,
    'photos.own': { ...scope, permissions: [{ ...permission, parameters: { username: ownUsername } }] },
    album: { ...scope, permissions: [{ ...permission, formats: ['rss'], isAllowedInUrl: true }] },
    everything: { ...scope, permissions: [{ route: '*', methods: ['GET', 'POST'] }], isDangerous: true },
  } as const;
  expect(defineScopes(table)).toBe(table);
  const scopes = defineScopes({ 'photos:read': { sentence: 'See', permissions: [permission] } });
  expectTypeOf<keyof typeof scopes>().toEqualTypeOf<'photos:read'>();
  expectTypeOf(scopes['photos:read'].permissions[0].route).toEqualTypeOf<'photos#show'>();
});

/** As a table from JavaScript would come: no type has looked at it. */
const define = (table: unknown): unknown => defineScopes(table as ScopeDefinitions);
const withPermission = (changes: object): object => ({
  ...scope,
  permissions: [{ ...permission, ...changes }],
});

describe('refuses a scope, names it and says what is wrong:', () => {
  test.each<[string, object]>([
    ['begin with a small letter', { 'Photos:read': scope }],
    ['begin with a small letter', { 'photos read': scope }],
    ['begin with a small letter', { 'photos,read': scope }],
    ['begin with a small letter', { 'photos|read': scope }],
    ['begin with a small letter', { '': scope }],
    ['begin with a small letter', { ['__proto__']: scope }],
    ['begin with a small letter', { 'photos\n': scope }],
    ['longer than 60', { [`p${'x'.repeat(60)}`]: scope }],
    ['no field “dangerous”', { photos: { ...scope, dangerous: true } }],
    ['isDangerous has to be', { photos: { ...scope, isDangerous: 'yes' } }],
    ['its sentence', { photos: { ...scope, sentence: ' ' } }],
    ['its sentence', { photos: { ...scope, sentence: 'See\nphotos' } }],
    ['its sentence', { photos: { permissions: [permission] } }],
    ['have to be a list', { photos: { ...scope, permissions: 'all' } }],
    ['it has no permission', { photos: { ...scope, permissions: [] } }],
    ['no field “format”', { photos: withPermission({ format: 'ics' }) }],
    ['names no route', { photos: withPermission({ route: '' }) }],
    ['names no route', { photos: withPermission({ route: 'GET /photos' }) }],
    ['names no route', { photos: withPermission({ route: undefined }) }],
    ['stands alone', { photos: withPermission({ route: 'photos#*' }) }],
    ['has no methods', { photos: withPermission({ methods: [] }) }],
    ['has no methods', { photos: withPermission({ methods: 'GET' }) }],
    ['the method get', { photos: withPermission({ methods: ['get'] }) }],
    ['the method HEAD', { photos: withPermission({ methods: ['GET', 'HEAD'] }) }],
    ['formats other than', { photos: withPermission({ formats: [] }) }],
    ['formats other than', { photos: withPermission({ formats: ['.ics'] }) }],
    ['bound to no parameter', { photos: withPermission({ parameters: {} }) }],
    ['no value of “username”', { photos: withPermission({ parameters: { username: [] } }) }],
    ['no value of “username”', { photos: withPermission({ parameters: { username: 'alice' } }) }],
    [
      'no value of “username”',
      { photos: withPermission({ parameters: { username: Symbol('ownUsername') } }) },
    ],
    ['no value of “id”', { photos: withPermission({ parameters: { id: [7] } }) }],
    ['isAllowedInUrl other than', { photos: withPermission({ isAllowedInUrl: 'yes' }) }],
    ['one single route', { photos: withPermission({ isAllowedInUrl: true, methods: ['GET', 'POST'] }) }],
    ['one single route', { photos: withPermission({ isAllowedInUrl: true, route: '*' }) }],
    [
      'one single route',
      { photos: { ...scope, permissions: [{ ...permission, isAllowedInUrl: true }, permission] } },
    ],
    ['mark it isDangerous', { photos: withPermission({ route: '*', methods: ['GET', 'DELETE'] }) }],
  ])('%s', (fault, table) => {
    const name = Object.keys(table)[0] ?? '';
    expect(() => define({ ...discourseScopes, ...table })).toThrow(fault);
    expect(() => define(table)).toThrow(`The scope “${name}”`);
  });
});

test('whatever it lets pass as allowed in a URL is a key that may travel there', () => {
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
