import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeIdentity, encodeHeaderText, isIdentityHeader } from './identity-headers.ts';

test('encodeHeaderText: returns printable ASCII that decodes to the same text, and “-” only for none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
      const encoded = encodeHeaderText(text);
      expect(encoded).toMatch(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/);
      expect(decodeURIComponent(encoded)).toBe(text.toWellFormed());
      expect(encoded).not.toBe('-');
    }),
  );
  expect(encodeHeaderText('')).toBe('-');
});

test.each(['X-Valetkey-User', 'x_valetkey_user', 'X.Valetkey-Anything', 'x-VALETKEY-'])(
  '%s is an identity header',
  (name) => {
    expect(isIdentityHeader(name)).toBe(true);
  },
);

test('describeIdentity: a new token or a new username of the same principal is in the headers at once', () => {
  const user = { id: '7', username: 'alice' };
  const key = { id: 1, clientId: 'c', applicationName: 'App', scopes: [], createdAt: 0 };
  const principal = { kind: 'user_api_key', user, key } as unknown as Parameters<typeof describeIdentity>[0];
  const of = (jwt: string) => {
    const { 'X-Valetkey-User': name, 'X-Valetkey-Jwt': token } = describeIdentity(principal, jwt);
    return [name, token];
  };
  expect([of('one'), of('two'), of('one')]).toEqual([
    ['alice', 'one'],
    ['alice', 'two'],
    ['alice', 'one'],
  ]);
  user.username = 'bob';
  expect(of('one')).toEqual(['bob', 'one']);
});
