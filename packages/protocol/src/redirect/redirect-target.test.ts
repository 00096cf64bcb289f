import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRedirect } from './redirect.ts';
import { addToRedirect, redirectWarningHost } from './redirect-target.ts';

test.each([
  ['https://over.the/rainbow', 'over.the'],
  ['https://Good.com:8443/cb', 'good.com:8443'],
  ['https://good.com:443/cb', 'good.com'],
  ['http://[::1]:3000/cb', '[::1]:3000'],
  ['myapp://callback', 'callback'],
  ['evil://auth_redirect', 'auth_redirect'],
  ['discourse://auth_redirect', null],
])('redirectWarningHost: %s is %s', (text, host) => {
  expect(redirectWarningHost(parseRedirect(text))).toBe(host);
});

test('redirectWarningHost: is null without a redirect', () => {
  expect(redirectWarningHost(null)).toBeNull();
});

test.each([
  ['myapp://cb', 'myapp://cb?payload=a%2Bb%3D'],
  ['myapp://cb?x=1', 'myapp://cb?x=1&payload=a%2Bb%3D'],
  ['myapp://cb?', 'myapp://cb?payload=a%2Bb%3D'],
  ['myapp://cb?x&', 'myapp://cb?x&payload=a%2Bb%3D'],
  ['https://a.example/cb#frag', 'https://a.example/cb?payload=a%2Bb%3D#frag'],
  ['https://a.example/cb?x=1#frag?no=query', 'https://a.example/cb?x=1&payload=a%2Bb%3D#frag?no=query'],
  ['https://a.example/cb#a#b', 'https://a.example/cb?payload=a%2Bb%3D#a#b'],
])('addToRedirect: %s', (redirect, expected) => {
  expect(addToRedirect(redirect, { payload: 'a+b=' })).toBe(expected);
});

test('addToRedirect: keeps the order, and adds nothing for no parameters', () => {
  expect(addToRedirect('a://b', { payload: '1', oneTimePassword: '2' })).toBe(
    'a://b?payload=1&oneTimePassword=2',
  );
  expect(addToRedirect('a://b#c', {})).toBe('a://b#c');
});

test('addToRedirect: decodeURIComponent and form decoders return the same value', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      const url = new URL(addToRedirect('https://a.example/cb?x=1#y', { payload: value }));
      expect(url.searchParams.get('payload')).toBe(value);
      expect(decodeURIComponent(/payload=([^&]*)/.exec(url.search)?.[1] ?? '')).toBe(value);
      expect([url.host, url.pathname, url.hash, url.searchParams.get('x')]).toEqual([
        'a.example',
        '/cb',
        '#y',
        '1',
      ]);
    }),
  );
});
