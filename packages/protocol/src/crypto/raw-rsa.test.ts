import { constants, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import sealedPayloads from '../../vectors/sealed-payloads.json' with { type: 'json' };
import { parsePrivateKey } from './private-key.ts';
import { decryptByArithmetic, decryptRaw } from './raw-rsa.ts';

const keys = Object.entries(sealedPayloads.private_keys);

test.each(keys)(
  'decryptByArithmetic: decrypts what OpenSSL encrypted, also with leading zeros: %s',
  (_name, { pkcs8 }) => {
    const key = parsePrivateKey(pkcs8);
    const publicKey = { key: createPublicKey(pkcs8), padding: constants.RSA_NO_PADDING };
    for (const zeros of [1, 2, 200]) {
      const block = randomBytes(key.modulusBytes).fill(0, 0, zeros);
      const sealed = publicEncrypt(publicKey, block);
      expect(Buffer.from(decryptByArithmetic(sealed, key) ?? [])).toEqual(block);
      expect(Buffer.from(decryptRaw(sealed, key) ?? [])).toEqual(block);
    }
  },
);

test('decryptByArithmetic: rejects a block above the modulus and an incomplete key', () => {
  const key = parsePrivateKey(sealedPayloads.private_keys.rsa2048.pkcs8);
  expect(decryptByArithmetic(new Uint8Array(256).fill(0xff), key)).toBeNull();
  expect(decryptRaw(new Uint8Array(256).fill(0xff), key)).toBeNull();
  expect(
    decryptByArithmetic(new Uint8Array(256), { pkcs8Der: new Uint8Array(), modulusBytes: 256 }),
  ).toBeNull();
});

test('decryptByArithmetic: blinds each block differently, without an effect on the result', () => {
  const key = parsePrivateKey(sealedPayloads.private_keys.rsa2048.pkcs8);
  const blind = vi.spyOn(globalThis.crypto, 'getRandomValues');
  const sealed = new Uint8Array(256).fill(7);
  const [one, other] = [decryptByArithmetic(sealed, key), decryptByArithmetic(sealed, key)];
  expect(one).toEqual(other);
  const [[first], [second]] = blind.mock.calls as [[Uint8Array], [Uint8Array]];
  expect([first.length, first]).not.toEqual([0, second]);
  blind.mockRestore();
});
