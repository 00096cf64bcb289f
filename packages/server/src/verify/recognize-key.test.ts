import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { recognizeUserKey } from './recognize-key.ts';

const sizes = [1024, 2048, 3072, 4096];

test.each(
  sizes.flatMap((bits) => [
    [bits, 65_537],
    [bits, 3],
  ]),
)(
  'recognizeUserKey: recognizes a public key of %i bits in every pasted form, with exponent %i',
  (modulusLength, publicExponent) => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength, publicExponent });
    for (const type of ['spki', 'pkcs1'] as const) {
      const pem = publicKey.export({ type, format: 'pem' }).toString().trim();
      const bare = publicKey.export({ type, format: 'der' }).toString('base64');
      for (const text of [pem, pem.replaceAll('\n', ' '), bare, pem.split('\n').slice(1, -1).join(' ')])
        expect(recognizeUserKey(text), type).toBe('key_is_public_key');
    }
  },
);

test.each(sizes)('recognizeUserKey: recognizes a payload encrypted with %i bits', (bits) => {
  for (let count = 0; count < 20; count += 1)
    expect(recognizeUserKey(randomBytes(bits / 8).toString('base64'))).toBe('key_is_encrypted_payload');
});
