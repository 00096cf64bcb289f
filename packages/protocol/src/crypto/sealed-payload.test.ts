import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../../test-support/any-text.ts';
import { ValetkeyError } from '../errors/valetkey-error.ts';
import { parseSealedPayload } from './sealed-payload.ts';

/** Deterministic: for one ciphertext in thousands, some forms are ambiguous. */
function ciphertext(size: number, round = 0): Buffer {
  return createHash('shake256', { outputLength: size }).update(`${round}`).digest();
}

const wrap = (text: string, lineBreak: string) => text.replace(/.{60}/g, `$&${lineBreak}`) + lineBreak;
const FORMS: Readonly<Record<string, (sealed: string) => string>> = {
  'one line': (sealed) => sealed,
  'lines of 60, as Ruby writes them': (sealed) => wrap(sealed, '\n'),
  'CRLF and surrounding spaces': (sealed) => `  ${wrap(sealed, '\r\n')}\n `,
  'line breaks turned into spaces': (sealed) => wrap(sealed, ' '),
  'spaces for +': (sealed) => sealed.replaceAll('+', ' '),
  'lines of 60, spaces for +': (sealed) => wrap(sealed, '\n').replaceAll('+', ' '),
  'lines of 60 and + turned into spaces': (sealed) => wrap(sealed, ' ').replaceAll('+', ' '),
  'percent-encoded': (sealed) => encodeURIComponent(wrap(sealed, '\n')),
  'percent-encoded twice': (sealed) => encodeURIComponent(encodeURIComponent(sealed)),
  'url-safe, without padding': (sealed) =>
    sealed.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
  'a whole address': (sealed) =>
    `myapp://cb?x=1&payload=${encodeURIComponent(sealed)}&oneTimePassword=abc#frag`,
  'a whole URL, pasted with spaces': (sealed) =>
    ` https://a.example/cb?payload=${encodeURIComponent(wrap(sealed, '\n'))}\n`,
  'a form': (sealed) => `payload=${encodeURIComponent(sealed)}&x=1\n`,
  'a form that is not encoded': (sealed) => ` payload=${sealed}`,
  'the JSON response': (sealed) =>
    `${JSON.stringify({ payload: wrap(sealed, '\n'), redirect_url: null }, null, 2)}\n`,
  'the JSON response with a redirect': (sealed) =>
    JSON.stringify({ redirect_url: `myapp://cb?payload=${encodeURIComponent(sealed)}` }),
  'a JSON string': (sealed) => JSON.stringify(wrap(sealed, '\n')),
  'a query alone': (sealed) => `?payload=${encodeURIComponent(sealed)}`,
};

describe.each([128, 256, 384, 512, 1024])('parseSealedPayload: %i bytes', (size) => {
  test.each(Object.entries(FORMS))('accepts %s', (_name, form) => {
    for (let round = 0; round < 20; round += 1) {
      const bytes = ciphertext(size, round);
      // A + at the start or, without padding, at the end is the hardest case.
      if (round > 12) bytes[0] = 0xf8;
      if (round > 14) bytes[size - 1] = 0x3e;
      if (round > 16) bytes[size - 2] = 0xef;
      expect(Buffer.from(parseSealedPayload(form(bytes.toString('base64'))))).toEqual(bytes);
    }
  });
});

test('parseSealedPayload: accepts a ciphertext of an odd size', () => {
  const bytes = ciphertext(257);
  expect(Buffer.from(parseSealedPayload(bytes.toString('base64')))).toEqual(bytes);
});

test.each([
  '',
  ' ',
  'hello',
  'payload=',
  'myapp://cb?error=access_denied',
  '00112233445566778899aabbccddeeff',
  `${'A'.repeat(342)}!`,
  'A'.repeat(4000),
])('parseSealedPayload: rejects %j', (text) => {
  expect(() => parseSealedPayload(text)).toThrow(
    expect.objectContaining({ code: 'sealed_payload_unreadable' }),
  );
});

test('parseSealedPayload: throws only ValetkeyError', () => {
  const text = fc.oneof(
    anyText,
    fc.base64String({ minLength: 300, maxLength: 400 }).map((one) => one.replace(/[ab]/g, ' ')),
  );
  fc.assert(
    fc.property(text, (one) => {
      try {
        expect(parseSealedPayload(one).length).toBeGreaterThanOrEqual(64);
      } catch (error) {
        expect(error).toBeInstanceOf(ValetkeyError);
      }
    }),
    { numRuns: 1000 },
  );
});
