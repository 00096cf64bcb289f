import fc from 'fast-check';
import { expect, test } from 'vitest';
import vectors from '../../vectors/redirects.json' with { type: 'json' };
import { describeRedirectPattern } from './describe-redirect-pattern.ts';
import { parseRedirect } from './redirect.ts';
import { parseRedirectPatterns, type RedirectPattern } from './redirect-pattern.ts';

const read = (text: string): RedirectPattern => {
  const [pattern] = parseRedirectPatterns(text);
  if (!pattern) throw new Error('There is no pattern.');
  return pattern;
};
const describePattern = (text: string) => describeRedirectPattern(read(text));

test.each([
  ['*', 'EVERYTHING: any address of any site, and any app on any device.'],
  ['https://app.example/callback', 'The site https://app.example: exactly /callback, without a query.'],
  ['https://app.example/callback?a=1', 'The site https://app.example: exactly /callback?a=1.'],
  [
    'https://app.example/callback/*',
    'The site https://app.example: any page under /callback/, with any query.',
  ],
  [
    'https://app.example/callback*',
    'The site https://app.example: any page whose path begins with /callback (/callback-more and /callback/more too), with any query.',
  ],
  ['https://app.example/cb?*', 'The site https://app.example: the page /cb, with any query, a ? at least.'],
  ['https://app.example:8443/*', 'The site https://app.example on port 8443: any page, with any query.'],
  ['https://App.Example', 'The site https://app.example: exactly /, without a query.'],
  [
    'https://app.example/a/*/b',
    'The site https://app.example: whatever matches /a/*/b, where each * is any text, with slashes and queries in it.',
  ],
  [
    'https://*.example.com/cb',
    'Every subdomain of example.com, at any depth, by https, but not example.com itself: exactly /cb, without a query.',
  ],
  [
    'http://127.0.0.1/*',
    'An app on the person’s own computer, at 127.0.0.1 by http on any port: any page, with any query.',
  ],
  [
    'http://localhost:3000/cb',
    'An app on the person’s own computer, at localhost by http on port 3000: exactly /cb, without a query.',
  ],
  [
    'discourse://auth_redirect',
    'An app on the person’s device that opens discourse: links, at auth_redirect: this address alone, without path and query.',
  ],
  [
    'https://app.example/cb#/done*',
    'The site https://app.example: exactly /cb, without a query, and after it what matches #/done*.',
  ],
])('says what %s allows', (pattern, words) => {
  expect(describePattern(pattern).allows).toBe(words);
});

test.each([
  ['*', /wherever they like/],
  ['https://*.example.com/cb', /every subdomain of example\.com is yours/],
  ['http://app.example/cb', /Not encrypted/],
  ['http://*.example.com/cb', /is yours.*Not encrypted/],
  ['https://*.example.com/*', /is yours.*forwards or shows/],
  ['http://localhost/cb', /Only port 80/],
  ['https://app.example/*', /forwards or shows its address/],
])('warns of %s', (pattern, words) => {
  expect(describePattern(pattern).warning).toMatch(words);
});

test.each(['https://app.example/cb', 'myapp://callback', 'http://127.0.0.1/*', 'http://localhost:3000/cb'])(
  'has nothing to warn of in %s',
  (pattern) => {
    expect(describePattern(pattern).warning).toBeNull();
  },
);

function readOrNull(text: string): RedirectPattern | null {
  try {
    return read(text);
  } catch {
    return null;
  }
}

const patterns = fc
  .tuple(
    fc.constantFrom('https', 'http', 'myapp', 'ftp'),
    fc.constantFrom('a.example', '*.a.example', 'b.a.example', '127.0.0.1', '[::1]', 'localhost'),
    fc.constantFrom('', ':80', ':443', ':3000'),
    fc
      .array(fc.constantFrom('/', 'cb', '*', '?', 'x=1', '-more'), { maxLength: 5 })
      .map((parts) => parts.join('')),
    fc.constantFrom('', '#', '#*', '#x'),
  )
  .map(([scheme, host, port, path, fragment]) => {
    const isPath = path === '' || path.startsWith('/') || path.startsWith('?');
    return `${scheme}://${host}${port}${isPath ? path : `/${path}`}${fragment}`;
  })
  .map(readOrNull)
  .filter((pattern) => pattern !== null);

test('never describes two patterns alike that allow different things', () => {
  const known = new Map<string, RedirectPattern>();
  const meaning = ({ parts, isSubdomainOnly, isAnyPort }: RedirectPattern) => ({
    ...parts,
    text: '',
    isSubdomainOnly,
    // Where any port will do, which one was written makes no difference.
    port: isAnyPort || parts?.port,
  });
  fc.assert(
    fc.property(patterns, (pattern) => {
      const { allows } = describeRedirectPattern(pattern);
      const before = known.get(allows) ?? pattern;
      known.set(allows, before);
      expect(meaning(pattern), allows).toEqual(meaning(before));
    }),
    { numRuns: 5000 },
  );
  expect(known.size).toBeGreaterThan(500);
});

test('says “exactly” or “alone” only of what allows one single address', () => {
  for (const { setting, redirect, allowed } of vectors.matches) {
    if (setting.includes('|') || !allowed) continue;
    const { allows } = describePattern(setting);
    if (!/: (exactly|this address alone)/.test(allows) || /subdomain|any port|\*/.test(allows)) continue;
    const { parts } = read(setting);
    expect({ ...parseRedirect(redirect), text: '' }).toEqual({ ...parts, text: '' });
  }
});

test('names the host, on one line, whatever the pattern', () => {
  fc.assert(
    fc.property(patterns, (pattern) => {
      const { allows, warning } = describeRedirectPattern(pattern);
      expect(allows).toContain(pattern.parts?.host);
      expect(`${allows}${warning}`).not.toMatch(/[\n\r]/);
    }),
    { numRuns: 1000 },
  );
});
