import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from '../../test-support/any-text.ts';
import vectors from '../../vectors/redirects.json' with { type: 'json' };
import { ValetkeyError } from '../errors/valetkey-error.ts';
import { parseRedirect } from './redirect.ts';

test.each(vectors.refused)('parseRedirect: rejects $redirect', ({ redirect, code }) => {
  expect(() => parseRedirect(redirect)).toThrow(expect.objectContaining({ code }));
});

test.each([
  ['https://user@a.example/', { reason: 'credentials_in_url' }],
  ['https://127.1/', { reason: 'url_not_normalized' }],
  ['https://a.example/ b', { reason: 'forbidden_character' }],
  ['JavaScript://a.example/', { reason: 'forbidden_scheme', scheme: 'javascript' }],
])('parseRedirect: rejects %s with the reason', (text, details) => {
  expect(() => parseRedirect(text)).toThrow(
    expect.objectContaining({ code: 'redirect_not_allowed', details }),
  );
});

test('parseRedirect: returns the parts', () => {
  const text = 'HTTPS://App.Example:443/cb/x?y=1#/z?a';
  expect(parseRedirect(text)).toEqual({
    text,
    scheme: 'https',
    host: 'app.example',
    port: '',
    path: '/cb/x?y=1',
    fragment: '#/z?a',
  });
  expect(parseRedirect('my.app+x://Call_Back:80')).toMatchObject({
    scheme: 'my.app+x',
    host: 'call_back',
    port: '80',
    path: '',
  });
  expect(parseRedirect('http://a.example?x')).toMatchObject({ path: '/?x', fragment: '' });
});

/** URLs that a browser opens elsewhere than a careless reader expects. */
const NASTY = [
  '@', '\\', '/', '//', '..', '.', '%2e', '%2f', '%5c', '%00', '?', '#', ':', ';', '*', '[', ']', '|', '%', ' ', '\t',
  '\n', '\r', '\0', '\u3002', '\uff0f', '\u2100', 'ａ', 'ß', '\u200b', '\u00ad', '127.1', '0x7f', 'a.example', 'evil.test',
  'javascript:', 'https:', ':443', ':0443', '"', '<', "'", '`', '{', '^',
]; // biome-ignore format: one list

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      'https',
      'http',
      'myapp',
      '://',
      'a.example',
      '/cb',
      'x.a.example',
      '127.0.0.1',
      '[::1]',
      '?x=1',
      '#y',
    ),
    fc.constantFrom(...NASTY),
  ),
  { maxLength: 10 },
);
const almostRedirects = fc
  .tuple(fc.constantFrom('https://', 'http://', 'myapp://', 'HTTPS://', 'ftp://', ''), pieces)
  .map(([start, rest]) => start + rest.join(''));

test('parseRedirect: a browser parses the same parts', () => {
  let accepted = 0;
  fc.assert(
    fc.property(almostRedirects, (text) => {
      let redirect: ReturnType<typeof parseRedirect>;
      try {
        redirect = parseRedirect(text);
      } catch (error) {
        expect(error).toBeInstanceOf(ValetkeyError);
        return;
      }
      accepted += 1;
      const url = new URL(text);
      const after = (start: string) => url.href.slice(url.href.indexOf(start));
      expect(`${redirect.scheme}:`).toBe(url.protocol);
      expect(redirect.host).toBe(url.hostname.toLowerCase());
      expect(redirect.port).toBe(url.port);
      // `URL` hides an empty query.
      expect([url.pathname + url.search, `${url.pathname}?`]).toContain(redirect.path);
      expect(redirect.fragment).toBe(url.href.includes('#') ? after('#') : '');
      expect([url.username, url.password]).toEqual(['', '']);
    }),
    { numRuns: 5000 },
  );
  expect(accepted).toBeGreaterThan(100);
});

test('parseRedirect: throws only ValetkeyError', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      try {
        parseRedirect(text);
      } catch (error) {
        expect(error).toBeInstanceOf(ValetkeyError);
      }
    }),
    { numRuns: 1000 },
  );
});
