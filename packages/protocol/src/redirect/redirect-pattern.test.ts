import fc from 'fast-check';
import { expect, test } from 'vitest';
import vectors from '../../vectors/redirects.json' with { type: 'json' };
import { REASONS } from '../errors/reasons.ts';
import { ValetkeyError } from '../errors/valetkey-error.ts';
import { parseRedirect } from './redirect.ts';
import { isRedirectAllowed, parseRedirectPatterns } from './redirect-pattern.ts';

function isAllowed(redirect: string, setting: string): boolean {
  return isRedirectAllowed(parseRedirect(redirect), parseRedirectPatterns(setting));
}

test.each(vectors.matches)(
  'isRedirectAllowed: $setting: $redirect → $allowed',
  ({ setting, redirect, allowed }) => {
    expect(isAllowed(redirect, setting)).toBe(allowed);
  },
);

test.each(vectors.bad_settings)(
  'parseRedirectPatterns: rejects %s with the pattern and a reason',
  (setting) => {
    const pattern = setting.split('|').at(-1);
    expect(() => parseRedirectPatterns(setting)).toThrow(
      expect.objectContaining({
        code: 'redirect_pattern_invalid',
        details: expect.objectContaining({ pattern, reason: expect.toBeOneOf(Object.keys(REASONS)) }),
      }),
    );
  },
);

test('pattern *: allows no redirect that is always rejected', () => {
  for (const { redirect } of vectors.refused) expect(() => isAllowed(redirect, '*')).toThrow(ValetkeyError);
});

test('isRedirectAllowed: a browser opens exactly the allowed redirect', () => {
  const inserts = [
    '@',
    '\\',
    '/',
    '..',
    '%2e',
    '%2f',
    '?',
    '#',
    ':',
    '*',
    '.',
    '\t',
    '\n',
    'evil.test',
    '@evil.test',
    ' ',
    '\u3002',
    ';',
  ];
  const cases = fc.record({
    base: fc.constantFrom(
      'https://x.good.example/app/cb',
      'https://good.example/app/cb',
      'http://127.0.0.1:5/app/cb',
    ),
    edits: fc.array(fc.tuple(fc.nat(40), fc.constantFrom(...inserts)), { maxLength: 4 }),
  });
  const patterns = parseRedirectPatterns('https://*.good.example/app/*|http://127.0.0.1/app/*');
  let allowed = 0;
  fc.assert(
    fc.property(cases, ({ base, edits }) => {
      const text = edits.reduce<string>(
        (sofar, [at, insert]) => sofar.slice(0, at) + insert + sofar.slice(at),
        base,
      );
      try {
        if (!isRedirectAllowed(parseRedirect(text), patterns)) return;
      } catch (error) {
        expect(error).toBeInstanceOf(ValetkeyError);
        return;
      }
      allowed += 1;
      const url = new URL(text);
      expect(`${url.protocol}//${url.hostname}`).toMatch(
        /^(https:\/\/[^/?#@]+\.good\.example|http:\/\/127\.0\.0\.1)$/,
      );
      expect(url.pathname).toMatch(/^\/app\//);
      expect([url.username, url.password, url.hash]).toEqual(['', '', '']);
      if (url.protocol === 'https:') expect(url.port).toBe('');
    }),
    { numRuns: 5000 },
  );
  expect(allowed).toBeGreaterThan(200);
});

test('parseRedirectPatterns: throws only ValetkeyError', () => {
  const setting = fc.string({
    unit: fc.constantFrom('a', '.', '*', '|', '://', 'https', '/', ':', '@', '[', ' ', '\n', 'ü'),
  });
  fc.assert(
    fc.property(setting, (text) => {
      try {
        parseRedirectPatterns(text);
      } catch (error) {
        expect(error).toBeInstanceOf(ValetkeyError);
      }
    }),
    { numRuns: 1000 },
  );
});
