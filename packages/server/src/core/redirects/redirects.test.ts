import { isRedirectAllowed, parseRedirect, parseRedirectPatterns } from '@valetkey/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedirectExamples } from './redirect-examples.ts';
import { decideReach } from './redirect-reach.ts';
import { suggestSaferPatterns } from './safer-patterns.ts';

const parse = (text: string) => {
  const [pattern] = parseRedirectPatterns(text);
  if (!pattern) throw new Error(`No pattern: ${text}`);
  return pattern;
};

test.each([
  ['myapp://callback', 'device'],
  ['http://127.0.0.1/*', 'computer'],
  ['http://[::1]:8080/cb', 'computer'],
  ['https://app.example/cb', 'page'],
  ['https://app.example/cb?*', 'page'],
  ['https://app.example/cb*', 'path'],
  ['https://app.example/a/*/c', 'path'],
  ['https://app.example/*', 'site'],
  ['https://*.example.com/cb', 'subdomains'],
  ['*', 'everything'],
])('decideReach: %s opens the site to: %s', (text, reach) => expect(decideReach(parse(text))).toBe(reach));

describe('createRedirectExamples', () => {
  test('shows both sides of the limits of a pattern', () => {
    expect(createRedirectExamples(parse('https://app.example/cb'))).toEqual({
      allowed: ['https://app.example/cb'],
      refused: [
        'https://app.example/cb?code=1',
        'https://app.example/other-page',
        'http://app.example/cb',
        'https://sub.app.example/cb',
        'https://app.example.evil.example/cb',
      ],
    });
    const subdomains = createRedirectExamples(parse('https://*.example.com/*'));
    expect(subdomains.allowed).toContain('https://app.example.com/a/b');
    expect(subdomains.refused).toEqual(
      expect.arrayContaining(['https://example.com/', 'https://evilexample.com/']),
    );
    expect(createRedirectExamples(parse('*')).refused).toEqual([]);
  });

  test('always has an allowed example, and agrees with the matcher', () => {
    const part = fc.constantFrom('a', '*', '/', '?', '=', 'b*', '#', '*/', '-');
    const pattern = fc
      .tuple(
        fc.constantFrom(
          'https://app.example',
          'http://127.0.0.1',
          'myapp://x',
          'https://*.example.com',
          'http://a.example:81',
        ),
        fc.array(part, { maxLength: 6 }),
      )
      .map(([start, parts]) => `${start}/${parts.join('')}`);
    fc.assert(
      fc.property(pattern, (text) => {
        const parsed = parse(text);
        const { allowed, refused } = createRedirectExamples(parsed);
        const decide = (url: string) => isRedirectAllowed(parseRedirect(url), [parsed]);
        expect(allowed.length).toBeGreaterThan(0);
        expect(allowed.every(decide)).toBe(true);
        expect(refused.some(decide)).toBe(false);
      }),
    );
  });
});

test('suggestSaferPatterns: names what the apps in use need, and never something wider', () => {
  const used = ['https://app.example/cb', 'https://app.example/cb', 'https://app.example/other*'];
  for (const wide of ['*', 'https://app.example/*', 'https://*.app.example/x'])
    expect(suggestSaferPatterns(parse(wide), used)).toEqual(['https://app.example/cb']);
  expect(suggestSaferPatterns(parse('https://app.example/cb*'), [])).toEqual([]);
  expect(suggestSaferPatterns(parse('https://app.example/cb'), used)).toEqual([]);
  expect(suggestSaferPatterns(parse('http://app.example/cb'), [])).toEqual(['https://app.example/cb']);
  expect(suggestSaferPatterns(parse('http://localhost/*'), used)).toEqual(['http://127.0.0.1/*']);
  expect(suggestSaferPatterns(parse('myapp://callback'), used)).toEqual([]);
});
