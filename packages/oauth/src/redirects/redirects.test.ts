import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findRedirect } from './find-redirect.ts';
import { parseRedirectUri } from './parse-redirect-uri.ts';

describe('parseRedirectUri', () => {
  test.each([
    ['https://client.example', 'web'],
    ['https://client.example/', 'web'],
    ['https://client.example:8443/cb?a=b', 'web'],
    ['http://127.0.0.1/cb', 'loopback'],
    ['http://[::1]:9000/cb', 'loopback'],
    ['http://localhost', 'loopback'],
    ['com.example.app:/cb', 'app'],
    ['cursor://anysphere.cursor/callback', 'app'],
  ])('%s is %s', (uri, kind) => {
    expect(parseRedirectUri(uri)).toBe(kind);
  });

  test.each([
    [''],
    ['client.example/cb'],
    ['/cb'],
    ['http://client.example/cb'],
    ['http://127.0.0.2/cb'],
    ['http://localhost.evil.example/cb'],
    ['http://127.0.0.1.evil.example/cb'],
    ['http://localhost@evil.example/cb'],
    ['https://user:pw@client.example/cb'],
    ['https://client.example/cb#fragment'],
    ['https://client.example/a/../b'],
    ['https://*.client.example/cb'],
    ['https://client.example\\@evil.example/cb'],
    ['https://clien\u0442.example/cb'],
    ['javascript:alert(1)'],
    ['data:text/html,x'],
    ['file:///etc/passwd'],
    ['intent://x#Intent;end'],
    ['ws://client.example/cb'],
    ['ftp://client.example/cb'],
    ['HTTPS://client.example/cb'],
    [' https://client.example/cb'],
  ])('rejects %j', (uri) => {
    expect(parseRedirectUri(uri)).toBeNull();
  });
});

describe('findRedirect', () => {
  const loopback = fc.record({
    name: fc.constantFrom('127.0.0.1', '[::1]', 'localhost'),
    at: fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: null }),
    rest: fc.constantFrom('', '/', '/cb', '/cb?a=1', '/CB'),
  });
  const uri = ({ name, at, rest }: { name: string; at: number | null; rest: string }) =>
    `http://${name}${at === null ? '' : `:${at}`}${rest}`;

  test('a loopback redirect matches the same host, path and query at every port, and nothing else (property)', () => {
    fc.assert(
      fc.property(loopback, loopback, (registered, sent) => {
        const isSame = registered.name === sent.name && registered.rest === sent.rest;
        const found = findRedirect(uri(sent), [uri(registered)]);
        expect(found?.uri ?? null).toBe(isSame ? uri(sent) : null);
      }),
    );
  });

  test('every other redirect matches itself only (property)', () => {
    const other = fc.constantFrom(
      'https://client.example/cb',
      'https://client.example:444/cb',
      'https://client.example/cb/',
      'https://client.example/cb?',
      'com.example.app:/cb',
      'com.example.app:/cb2',
    );
    fc.assert(
      fc.property(other, other, (registered, sent) => {
        expect(findRedirect(sent, [registered]) !== null).toBe(registered === sent);
      }),
    );
  });

  test('without one in the request, the only registered one is used', () => {
    expect(findRedirect(null, ['https://a.example/'])?.uri).toBe('https://a.example/');
    expect(findRedirect(null, ['https://a.example/', 'https://b.example/'])).toBeNull();
    expect(findRedirect(null, [])).toBeNull();
  });
});
