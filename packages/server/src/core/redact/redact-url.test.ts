import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redactUrl } from './redact-url.ts';

/** As random bytes are, but for one in a billion. */
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

/** What of a secret may be left: no piece that is worth looking for. */
function expectGone(text: string, url: string): void {
  const left = redactUrl(url);
  const starts = Array.from({ length: text.length - 23 }, (_, i) => i);
  expect(starts.find((i) => left.includes(text.slice(i, i + 24)))).toBeUndefined();
}

test('no secret is left of an address, wherever it was put', () => {
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

test('what carries a secret by its name loses its value, however short and however the name is written', () => {
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

test('the token of a sign-in link goes, whatever it looks like', () => {
  expect(redactUrl('/session/otp/short')).toBe('/session/otp/[redacted]');
  expect(redactUrl('/forum/%73ession/otp/short')).toBe('/forum/%73ession/otp/[redacted]');
  expect(redactUrl('https://forum.example/session/otp/a/b.json?x=1')).toBe(
    'https://forum.example/session/otp/[redacted]?x=1',
  );
});

test('a code to type goes, wherever it stands', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/), (code) => {
      expect(redactUrl(`/u/${code}/x?page=${code}&code=${code}`)).toBe(
        '/u/[redacted]?page=[redacted]&code=[redacted]',
      );
    }),
  );
});

test('a nonce in the address to come back to goes, and the rest of that address stays readable', () => {
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
])('%s says as much as before', (url) => {
  expect(redactUrl(url)).toBe(url);
});

test('takes any text, and redacting again changes nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true })), (text) => {
      const once = redactUrl(text);
      expect(redactUrl(once)).toBe(once);
    }),
  );
});
