import { expect, test } from 'vitest';
import { canShowIcon, findIconOwner } from './can-show-icon.ts';

const REGISTERED_AT = 1_000;

/** Whether the icon of an OAuth client stands beside its request or its grant. */
const OAUTH_ROWS: readonly [boolean, string | null, boolean][] = [
  [true, 'https://client.example/callback', true],
  [true, 'http://127.0.0.1:4711/callback', true],
  [true, 'com.example.plum:/callback', true],
  [true, null, true],
  [false, 'https://client.example/callback', true],
  [false, 'http://127.0.0.1:4711/callback', false],
  [false, 'http://client.example/callback', false],
  [false, 'com.example.plum:/callback', false],
  [false, 'httpsx://client.example/callback', false],
  [false, null, false],
];

test.each(OAUTH_ROWS)(
  'an OAuth client with secret %s and redirect %s: %s',
  (hasSecret, authRedirect, isShown) => {
    const client = { kind: 'oauth', clientId: 'plum' } as const;
    expect(findIconOwner({ ...client, hasSecret, authRedirect })).toEqual(isShown ? client : null);
    const grant = { kind: 'oauth', createdAt: REGISTERED_AT + 1, authRedirect } as const;
    expect(canShowIcon({ registeredAt: REGISTERED_AT, hasSecret }, grant)).toBe(isShown);
  },
);

test('a request for a key shows the icon of the registration that it finds', () => {
  expect(findIconOwner({ kind: 'app', registration: { clientId: 'plum' } })).toEqual({
    kind: 'app',
    clientId: 'plum',
  });
  expect(findIconOwner({ kind: 'app', registration: null })).toBeNull();
});

test.each([
  ['app', REGISTERED_AT + 1, true],
  ['app', REGISTERED_AT, false],
  ['app', REGISTERED_AT - 1, false],
  ['personal', REGISTERED_AT + 1, false],
  ['feed', REGISTERED_AT + 1, false],
] as const)('a key of kind %s from %i, registration from 1000: %s', (kind, createdAt, isShown) => {
  const key = { kind, createdAt, authRedirect: 'https://app.example/cb' };
  expect(canShowIcon({ registeredAt: REGISTERED_AT, hasSecret: true }, key)).toBe(isShown);
});
