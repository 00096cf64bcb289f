import { readDerSequence } from './der.ts';
import type { RsaPrivateKey } from './private-key.ts';

/**
 * Applies an RSA private key to one block (RSADP of RFC 8017 section 5.1.2) and keeps the padding. Uses `node:crypto`
 * if available, otherwise big integers; WebCrypto has no such operation.
 *
 * @returns as many bytes as the modulus has; null if the key or the block is invalid
 */
export function decryptRaw(ciphertext: Uint8Array, key: RsaPrivateKey): Uint8Array | null {
  return decryptByNode(ciphertext, key) ?? decryptByArithmetic(ciphertext, key);
}

/** Node 20 and 22 do not decrypt PKCS#1 v1.5 (CVE-2023-46809), but raw RSA works. */
function decryptByNode(ciphertext: Uint8Array, { pkcs8Der }: RsaPrivateKey): Uint8Array | null {
  const nodeCrypto = globalThis.process?.getBuiltinModule?.('node:crypto');
  if (!nodeCrypto) return null;
  try {
    const { createPrivateKey, privateDecrypt, constants } = nodeCrypto;
    const key = createPrivateKey({ key: Buffer.from(pkcs8Der), format: 'der', type: 'pkcs8' });
    return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, ciphertext);
  } catch {
    return null;
  }
}

/**
 * Uses big integers. Their running time depends on the values, so the block is blinded: multiplied by a random number
 * first, so that the time tells nothing about a chosen ciphertext. Each bit of the exponent costs the same two
 * multiplications. (docs/decisions/0015)
 */
export function decryptByArithmetic(ciphertext: Uint8Array, key: RsaPrivateKey): Uint8Array | null {
  const { modulusBytes } = key;
  const [n = 0n, e = 0n, d = 0n] = readNumbers(key);
  const c = toNumber(ciphertext);
  if (n % 2n === 0n || c >= n || d <= 1n) return null;
  const blind = (toNumber(crypto.getRandomValues(new Uint8Array(modulusBytes + 8))) % (n - 2n)) + 2n;
  const unblind = invert(blind, n);
  const message = (power((c * power(blind, e, n)) % n, d, n) * unblind) % n;
  const hex = message.toString(16).padStart(modulusBytes * 2, '0');
  return Uint8Array.from({ length: modulusBytes }, (_, at) =>
    Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16),
  );
}

/** Modulus, public and private exponent of a PrivateKeyInfo (RFC 8017 appendix A.1.2). */
function readNumbers({ pkcs8Der }: RsaPrivateKey): bigint[] {
  const [, , inner] = readDerSequence(pkcs8Der) ?? [];
  const parts = readDerSequence(inner?.content ?? new Uint8Array()) ?? [];
  return parts.slice(1, 4).map(({ content }) => toNumber(content));
}

function toNumber(bytes: Uint8Array): bigint {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return BigInt(`0x0${hex}`);
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    const square = (result * result) % modulus;
    const product = (square * base) % modulus;
    result = bit === '1' ? product : square;
  }
  return result;
}

/** Euclid's algorithm. A random number without an inverse would be a factor of the modulus, which does not happen. */
function invert(number: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [number, modulus, 1n, 0n];
  while (b > 0n) {
    const quotient = a / b;
    [a, b, x, y] = [b, a - quotient * b, y, x - quotient * y];
  }
  return x < 0n ? x + modulus : x;
}
