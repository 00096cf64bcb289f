import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildKeyRequestUrl } from './key-request-url.ts';

const request = { clientId: 'c', nonce: 'n', scopes: ['read', 'write'] };

test.each([
  ['https://x.org', 'https://x.org/user-api-key/new'],
  ['https://x.org/', 'https://x.org/user-api-key/new'],
  ['https://x.org/forum', 'https://x.org/forum/user-api-key/new'],
  ['https://x.org/a/forum//?old=1#top', 'https://x.org/a/forum/user-api-key/new'],
])('buildKeyRequestUrl: %s gives %s', (site, expected) => {
  const url = buildKeyRequestUrl(site, request);
  expect(url.href).toBe(`${expected}?client_id=c&scopes=read%2Cwrite&nonce=n`);
  expect(buildKeyRequestUrl(new URL(site), request).href).toBe(url.href);
});

test.each(['x.org', '', 'javascript:alert(1)', 'ftp://x.org', 'https://'])(
  'buildKeyRequestUrl: rejects the site %j',
  (site) => {
    expect(() => buildKeyRequestUrl(site, request)).toThrow(
      expect.objectContaining({
        code: 'parameter_invalid',
        details: expect.objectContaining({ parameter: 'site' }),
      }),
    );
  },
);

test('buildKeyRequestUrl: all decoders return the same values', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (publicKey) => {
      const url = buildKeyRequestUrl('https://x.org', {
        ...request,
        publicKey,
        padding: 'oaep',
        expiresInSeconds: 60,
      });
      expect(url.searchParams.get('public_key')).toBe(publicKey);
      expect(url.search).not.toContain('+');
      const raw = /public_key=([^&]*)/.exec(url.search)?.[1] ?? '';
      expect(decodeURIComponent(raw)).toBe(publicKey);
    }),
  );
});

test('buildKeyRequestUrl: omits absent parameters', () => {
  const url = buildKeyRequestUrl('https://x.org', {
    ...request,
    publicKey: null,
    pushUrl: '',
    padding: null,
  });
  expect([...url.searchParams.keys()]).toEqual(['client_id', 'scopes', 'nonce']);
});
