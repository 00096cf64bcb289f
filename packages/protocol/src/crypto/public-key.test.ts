import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../../test-support/any-text.ts';
import { MANGLINGS } from '../../vectors/manglings.ts';
import vectors from '../../vectors/public-keys.json' with { type: 'json' };
import { describeError } from '../errors/messages.ts';
import { ValetkeyError } from '../errors/valetkey-error.ts';
import { DER, encodeDer } from './der.ts';
import { encodeRsaSpki } from './key-der.ts';
import { parsePublicKey, writePem } from './public-key.ts';

const spkiOf: Readonly<Record<string, string>> = vectors.keys;
const pem2048 = vectors.keys.rsa2048;

test.each(vectors.accepted)('parsePublicKey: accepts $key: $name', ({ key, text }) => {
  expect(parsePublicKey(text).spkiPem).toBe(spkiOf[key]);
});

test.each(vectors.refused)('parsePublicKey: rejects $name as $code', ({ code, text }) => {
  expect(() => parsePublicKey(text)).toThrow(expect.objectContaining({ code }));
});

test('parsePublicKey: a rejected private key is not quoted', () => {
  for (const { code, text } of vectors.refused.filter((row) => row.code === 'public_key_is_private')) {
    try {
      parsePublicKey(text);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof ValetkeyError)) throw error;
      expect([error.code, error.details]).toEqual([code, {}]);
      expect(describeError(error.code).advice).toContain('Throw this key pair away');
    }
  }
});

describe('parsePublicKey: new keys', () => {
  // Each key has + at different positions.
  const keys = Array.from({ length: 3 }, () => generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey);
  test.each(Object.entries(MANGLINGS))('are accepted after: %s', (_name, mangle) => {
    for (const key of keys) {
      const spki = key.export({ type: 'spki', format: 'pem' }).toString();
      const pkcs1 = key.export({ type: 'pkcs1', format: 'pem' }).toString();
      expect(parsePublicKey(mangle(spki)).spkiPem).toBe(spki);
      expect(parsePublicKey(mangle(pkcs1)).spkiPem).toBe(spki);
    }
  });
});

test('parsePublicKey: accepts a key of WebCrypto', async () => {
  const algorithm = {
    name: 'RSA-OAEP',
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
    hash: 'SHA-1',
  };
  const { publicKey } = await crypto.subtle.generateKey(algorithm, true, ['encrypt', 'decrypt']);
  const der = new Uint8Array(await crypto.subtle.exportKey('spki', publicKey));
  const key = parsePublicKey(writePem('PUBLIC KEY', der));
  expect([key.bits, Buffer.from(key.spkiDer)]).toEqual([2048, Buffer.from(der)]);
});

describe('parsePublicKey: sizes', () => {
  const modulus = (bits: number) => {
    const bytes = new Uint8Array(Math.ceil(bits / 8)).fill(0xff);
    bytes[0] = 0xff >> (bytes.length * 8 - bits);
    return bits % 8 === 0 ? Uint8Array.of(0, ...bytes) : bytes;
  };
  const pemOf = (bits: number) =>
    writePem('PUBLIC KEY', encodeRsaSpki(modulus(bits), Uint8Array.of(1, 0, 1)));

  test.each([2048, 2049, 2055, 2056, 3071, 8191, 8192])(
    'returns %i bits and a key that Node accepts',
    (bits) => {
      const key = parsePublicKey(pemOf(bits));
      expect(key.bits).toBe(bits);
      expect(createPublicKey(key.spkiPem).asymmetricKeyDetails?.modulusLength).toBe(bits);
    },
  );

  test.each([
    [2048, 2047],
    [2048, 2041],
    [1024, 1023],
    [1024, 1017],
    [3072, 3071],
    [2050, 2049],
  ])('minimum of %i bits: accepts %i bits, because the modulus has as many bytes', (minBits, bits) => {
    expect(parsePublicKey(pemOf(bits), { minBits }).bits).toBe(bits);
  });

  test.each([
    [2048, 2040],
    [1024, 1016],
    [3072, 3064],
    [2050, 2048],
  ])('minimum of %i bits: rejects %i bits, one byte too few', (minBits, bits) => {
    expect(() => parsePublicKey(pemOf(bits), { minBits })).toThrow(
      expect.objectContaining({ code: 'public_key_too_small', details: { bits, min_bits: minBits } }),
    );
  });

  test('maximum: rejects one bit too many, with the limit', () => {
    expect(() => parsePublicKey(pemOf(8193))).toThrow(
      expect.objectContaining({ code: 'public_key_too_large', details: { bits: 8193, max_bits: 8192 } }),
    );
    expect(parsePublicKey(pemOf(1024), { minBits: 1024 }).bits).toBe(1024);
    expect(() => parsePublicKey(pemOf(4096), { maxBits: 3072 })).toThrow(ValetkeyError);
  });

  const good = modulus(2048);
  const even = Uint8Array.from([...good.slice(0, -1), 0xfe]);
  const e = Uint8Array.of(1, 0, 1);
  test.each([
    ['an even modulus', even, e],
    ['a negative modulus', good.slice(1), e],
    ['a modulus with needless zeros', Uint8Array.of(0, ...good), e],
    ['no modulus', new Uint8Array(), e],
    ['an exponent of 1', good, Uint8Array.of(1)],
    ['an exponent of 0', good, Uint8Array.of(0)],
    ['an even exponent', good, Uint8Array.of(1, 0, 0)],
    ['a negative exponent', good, Uint8Array.of(0x83)],
    ['an exponent of 40 bits', good, Uint8Array.of(1, 0, 0, 0, 1)],
  ])('rejects %s', (_name, n, exponent) => {
    const pem = writePem('PUBLIC KEY', encodeRsaSpki(n, exponent));
    expect(() => parsePublicKey(pem)).toThrow(expect.objectContaining({ code: 'public_key_unreadable' }));
  });

  test('accepts the exponents 3 and 2^32-1', () => {
    for (const exponent of [Uint8Array.of(3), Uint8Array.of(0, 0xff, 0xff, 0xff, 0xff)]) {
      const key = parsePublicKey(writePem('PUBLIC KEY', encodeRsaSpki(good, exponent)));
      expect(createPublicKey(key.spkiPem).type).toBe('public');
    }
  });

  test('rejects trailing data', () => {
    const integers = [good, e, Uint8Array.of(3)].map((content) => encodeDer(DER.integer, content));
    const pem = writePem('RSA PUBLIC KEY', encodeDer(DER.sequence, ...integers));
    expect(() => parsePublicKey(pem)).toThrow(expect.objectContaining({ code: 'public_key_unreadable' }));
  });
});

test('parsePublicKey: throws only ValetkeyError, and accepts only keys that Node accepts', () => {
  const texts = [
    pem2048,
    ...vectors.accepted.slice(0, 40).map(({ text }) => text),
    ...vectors.refused.map(({ text }) => text),
  ];
  const edits = fc.array(
    fc.tuple(
      fc.nat(3000),
      fc.nat(40),
      anyText.map((one) => one.slice(0, 5)),
    ),
    {
      maxLength: 3,
    },
  );
  const edited = fc
    .tuple(fc.constantFrom(...texts), edits)
    .map(([text, changes]) =>
      changes.reduce((sofar, [at, cut, insert]) => sofar.slice(0, at) + insert + sofar.slice(at + cut), text),
    );
  fc.assert(
    fc.property(fc.oneof(edited, anyText), (text) => {
      try {
        expect(createPublicKey(parsePublicKey(text, { minBits: 512 }).spkiPem).asymmetricKeyType).toBe('rsa');
      } catch (error) {
        expect(error).toBeInstanceOf(ValetkeyError);
      }
    }),
    { numRuns: 3000 },
  );
});

test('parsePublicKey: takes bounded time for hostile text', () => {
  const started = performance.now();
  const bodies = [
    ' ',
    '+',
    '=',
    '-BEGIN ',
    '-----BEGIN A ',
    '-BEGIN+PUBLIC+',
    '"kty""d"  ',
    '%25',
    '\\n',
    'MIIB ',
  ];
  for (const body of bodies) {
    for (const start of ['', '-----BEGIN PUBLIC KEY-----', '-----BEGIN+PUBLIC+KEY-----MIIBIjAN']) {
      expect(() => parsePublicKey(start + body.repeat(16_384 / body.length))).toThrow(ValetkeyError);
    }
  }
  expect(performance.now() - started).toBeLessThan(1500);
});
