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
  ['*', 'EVERYTHING: any URL of any site, and any app on any device.'],
  ['https://app.example/callback', 'The site https://app.example: exactly /callback, without a query.'],
  ['https://app.example/callback?a=1', 'The site https://app.example: exactly /callback?a=1.'],
  [
    'https://app.example/callback/*',
    'The site https://app.example: any page under /callback/, with any query.',
  ],
  [
    'https://app.example/callback*',
    'The site https://app.example: any page whose path starts with /callback (also /callback-more and /callback/more), with any query.',
  ],
  [
    'https://app.example/cb?*',
    'The site https://app.example: the page /cb, with a query, which may be empty.',
  ],
  ['https://app.example:8443/*', 'The site https://app.example on port 8443: any page, with any query.'],
  ['https://App.Example', 'The site https://app.example: exactly /, without a query.'],
  [
    'https://app.example/a/*/b',
    'The site https://app.example: any page that matches /a/*/b, where each * is any text, including slashes and queries.',
  ],
  [
    'https://*.example.com/cb',
    'Every subdomain of example.com, at any depth, over https, but not example.com itself: exactly /cb, without a query.',
  ],
  [
    'http://127.0.0.1/*',
    'An app on the user’s computer, at 127.0.0.1 over http on any port: any page, with any query.',
  ],
  [
    'http://localhost:3000/cb',
    'An app on the user’s computer, at localhost over http on port 3000: exactly /cb, without a query.',
  ],
  [
    'discourse://auth_redirect',
    'An app on the user’s device that handles discourse: links, at auth_redirect: only this URL, without path and query.',
  ],
  [
    'https://app.example/cb#/done*',
    'The site https://app.example: exactly /cb, without a query, followed by a fragment that matches #/done*.',
  ],
])('describeRedirectPattern: describes %s', (pattern, words) => {
  expect(describePattern(pattern).allows).toBe(words);
});

test.each([
  ['*', /attacker who makes a user approve/],
  ['https://*.example.com/cb', /every subdomain of example\.com is yours/],
  ['http://app.example/cb', /Not encrypted/],
  ['http://*.example.com/cb', /is yours.*Not encrypted/],
  ['https://*.example.com/*', /is yours.*shows its URL/],
  ['http://localhost:80/cb', /Only port 80/],
  ['https://app.example/*', /shows its URL/],
])('describeRedirectPattern: warns about %s', (pattern, words) => {
  expect(describePattern(pattern).warning).toMatch(words);
});

test.each(['https://app.example/cb', 'myapp://callback', 'http://127.0.0.1/*', 'http://localhost:3000/cb'])(
  'describeRedirectPattern: has no warning for %s',
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

test('describeRedirectPattern: describes different patterns differently', () => {
  const known = new Map<string, RedirectPattern>();
  const meaning = ({ parts, isSubdomainOnly, isAnyPort }: RedirectPattern) => ({
    ...parts,
    text: '',
    isSubdomainOnly,
    // If any port is allowed, the port of the pattern does not matter.
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

test('describeRedirectPattern: says “exactly” or “only” of a single URL', () => {
  for (const { setting, redirect, allowed } of vectors.matches) {
    if (setting.includes('|') || !allowed) continue;
    const { allows } = describePattern(setting);
    if (!/: (exactly|only this URL)/.test(allows) || /subdomain|any port|\*/.test(allows)) continue;
    const { parts } = read(setting);
    expect({ ...parseRedirect(redirect), text: '' }).toEqual({ ...parts, text: '' });
  }
});

test('describeRedirectPattern: names the host on one line', () => {
  fc.assert(
    fc.property(patterns, (pattern) => {
      const { allows, warning } = describeRedirectPattern(pattern);
      expect(allows).toContain(pattern.parts?.host);
      expect(`${allows}${warning}`).not.toMatch(/[\n\r]/);
    }),
    { numRuns: 1000 },
  );
});
