import { expect, test } from 'vitest';
import { encodePayload } from './payload.ts';
import { checkPayloadFits, maxNonceBytes, maxPayloadBytes } from './payload-size.ts';

const key = { bits: 2048 };
const payload = (nonce: string, expiresAt: string | null) =>
  encodePayload({ key: '0'.repeat(32), nonce, push: false, api: 4, expiresAt });

test.each([
  [2048, 'pkcs1', 245],
  [2048, 'oaep', 214],
  [2041, 'oaep', 214],
  [2049, 'oaep', 215],
  [4096, 'oaep', 470],
  [1024, 'pkcs1', 117],
] as const)('maxPayloadBytes: %i bits with %s are %i bytes', (bits, padding, bytes) => {
  expect(maxPayloadBytes(bits, padding)).toBe(bytes);
});

test('maxNonceBytes: 140 bytes for 2048 bits with OAEP, 104 with an expiry', () => {
  expect(maxNonceBytes(key, 'oaep', { expires: false })).toBe(140);
  expect(maxNonceBytes(key, 'oaep', { expires: true })).toBe(104);
  expect(maxNonceBytes({ bits: 512 }, 'oaep', { expires: true })).toBe(0);
});

test.each(['oaep', 'pkcs1'] as const)(
  'maxNonceBytes: the longest nonce fits with %s, one byte more does not',
  (padding) => {
    for (const expiresAt of [null, '2027-01-01T00:00:00.000Z']) {
      const max = maxNonceBytes(key, padding, { expires: expiresAt !== null });
      expect(() => checkPayloadFits(payload('n'.repeat(max), expiresAt), key, padding)).not.toThrow();
      expect(() => checkPayloadFits(payload('n'.repeat(max + 1), expiresAt), key, padding)).toThrow(
        expect.objectContaining({
          code: 'payload_too_large',
          details: expect.objectContaining({
            padding,
            max_nonce_bytes: max,
            max_bytes: maxPayloadBytes(2048, padding),
          }),
        }),
      );
    }
  },
);

test('checkPayloadFits: counts UTF-8 bytes', () => {
  expect(() => checkPayloadFits(payload('ü'.repeat(70), null), key, 'oaep')).not.toThrow();
  expect(() => checkPayloadFits(payload('ü'.repeat(71), null), key, 'oaep')).toThrow();
});

test('checkPayloadFits: uses the error of Discourse', () => {
  const fit = (padding: 'oaep' | 'pkcs1') => () => checkPayloadFits('x'.repeat(300), key, padding);
  expect(fit('oaep')).toThrow(
    expect.objectContaining({
      code: 'payload_too_large',
      details: expect.objectContaining({ padding_name: 'OAEP', bytes: 300, max_bytes: 214 }),
    }),
  );
  expect(fit('pkcs1')).toThrow(
    expect.objectContaining({
      code: 'payload_too_large',
      details: expect.objectContaining({ padding_name: 'PKCS#1', bytes: 300, max_bytes: 245 }),
    }),
  );
});
