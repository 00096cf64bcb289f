import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redactUrl } from './redact-url.ts';

/** True for random bytes, except one in a billion. */
const isOfBothCases = (text: string) => /[A-Z]/.test(text) && /[a-z]/.test(text);
const bytes = (least: number, most = least) => fc.uint8Array({ minLength: least, maxLength: most });
const hex = bytes(16, 32).map((some) => Buffer.from(some).toString('hex'));
const token = bytes(32)
  .map((some) => Buffer.from(some).toString('base64url'))
  .filter(isOfBothCases);
const sealed = bytes(256).map((some) => Buffer.from(some).toString('base64'));
const secret = fc.oneof(
  hex,
  hex.map((text) => text.toUpperCase()),
  token,
  sealed,
  sealed.map(encodeURIComponent),
);
const spelled = hex.map((text) => [...text].map((c) => `%${c.charCodeAt(0).toString(16)}`).join(''));
const word = fc.stringMatching(/^[a-z0-9-]{0,12}$/);

/** Checks that no useful part of the secret is left. */
function expectGone(text: string, url: string): void {
  const left = redactUrl(url);
  const starts = Array.from({ length: text.length - 23 }, (_, i) => i);
  expect(starts.find((i) => left.includes(text.slice(i, i + 24)))).toBeUndefined();
}

test('redactUrl: removes a secret from every part of a URL', () => {
  const places: readonly ((secret: string, word: string) => string)[] = [
    (text) => `/latest.json?user_api_key=${text}`,
    (text, name) => `/latest.json?${name}=${text}`,
    (text, name) => `/latest.json?${name}&${text}`,
    (text, name) => `/${name}/${text}/${name}?a=b`,
    (text, name) => `https://${name}:${encodeURIComponent(text)}@forum.example/x`,
    (text, name) => `myapp://callback?x=${name}&payload=${text}#${name}`,
    (text, name) => `/${name}#${text}`,
    (text, name) => `/login?return_to=${encodeURIComponent(`/${name}?x=${text}`)}`,
    (text, name) =>
      `/login?return_to=${encodeURIComponent(`/a?return_to=${encodeURIComponent(`/${name}?x=${text}`)}`)}`,
    (text) => `/a?x=${'?x='.repeat(50)}${text}`,
    (text) => `%${text}?%zz=%${text}`,
  ];
  fc.assert(
    fc.property(fc.oneof(secret, spelled), word, fc.constantFrom(...places), (text, name, place) => {
      expectGone(text, place(text, name));
    }),
    { numRuns: 500 },
  );
});

test('redactUrl: removes the value of a secret parameter, however short, in any spelling of its name', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('nonce', 'code', 'oneTimePassword', 'KEY', 'token[]', 'pass%77ord', 'request'),
      fc.stringMatching(/^[a-z]{1,8}$/),
      (name, value) => {
        expect(redactUrl(`/x?a=1&${name}=${value}&b=2`)).toBe(`/x?a=1&${name}=[redacted]&b=2`);
      },
    ),
  );
});

test('redactUrl: removes the token of a sign-in link, whatever its form', () => {
  expect(redactUrl('/session/otp/short')).toBe('/session/otp/[redacted]');
  expect(redactUrl('/forum/%73ession/otp/short')).toBe('/forum/%73ession/otp/[redacted]');
  expect(redactUrl('https://forum.example/session/otp/a/b.json?x=1')).toBe(
    'https://forum.example/session/otp/[redacted]?x=1',
  );
});

test('redactUrl: removes a user code anywhere', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/), (code) => {
      expect(redactUrl(`/u/${code}/x?page=${code}&code=${code}`)).toBe(
        '/u/[redacted]?page=[redacted]&code=[redacted]',
      );
    }),
  );
});

test('redactUrl: removes the nonce of a nested URL and keeps the rest of it readable', () => {
  const back = '/user-api-key/new?client_id=phone&nonce=abc';
  expect(redactUrl(`/login?return_to=${encodeURIComponent(back)}`)).toBe(
    '/login?return_to=%2Fuser-api-key%2Fnew%3Fclient_id%3Dphone%26nonce%3D[redacted]',
  );
});

test.each([
  '/',
  '',
  '/t/whose-plums-and-pears-are-these-and-what-shall-we-do-with-them/12/3',
  '/u/Alice/preferences/api-keys/new',
  '/admin/user-api-key-audit?before=12&person=alice&from=2026-11-23',
  'https://forum.example/latest.json?page=2&order=',
  '/posts/1234567890.json',
])('redactUrl: keeps %s unchanged', (url) => {
  expect(redactUrl(url)).toBe(url);
});

test('redactUrl: accepts any text and is idempotent', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true })), (text) => {
      const once = redactUrl(text);
      expect(redactUrl(once)).toBe(once);
    }),
  );
});
