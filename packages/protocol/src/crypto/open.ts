import { ValetkeyError } from '../errors/valetkey-error.ts';
import { checkSealedLength, createOpenError, decryptOaep } from './open-oaep.ts';
import { parseSealedPayload } from './sealed-payload.ts';

// For callers with their own raw RSA implementation.
export { unpadPkcs1 } from './unpad-pkcs1.ts';

/**
 * Decrypts a payload or one-time password. Tries OAEP (SHA-1) with WebCrypto, then PKCS#1 v1.5, which sites without
 * support for `padding` use. A non-extractable `CryptoKey` decrypts OAEP only.
 *
 * Neither the error nor the running time tells what is wrong with a padding (docs/security/padding.md).
 *
 * @param sealed the ciphertext, or any text that parseSealedPayload accepts
 * @param privateKey PEM, PKCS#8 or PKCS#1; or a `CryptoKey` for RSA-OAEP with SHA-1
 * @returns the plaintext: the JSON for parsePayload
 * @throws {ValetkeyError} `sealed_payload_unreadable`, `sealed_payload_truncated`, `payload_cannot_be_opened`
 * @example const payload = parsePayload(await openPayload(sealed, privateKeyPem))
 */
export async function openPayload(
  sealed: string | Uint8Array,
  privateKey: string | CryptoKey,
): Promise<string> {
  const ciphertext = typeof sealed === 'string' ? parseSealedPayload(sealed) : new Uint8Array(sealed);
  if (typeof privateKey !== 'string') return openWithCryptoKey(ciphertext, privateKey);
  // Loaded on demand: a page with a non-extractable key never loads it.
  const { openWithPem } = await import('./open-with-pem.ts');
  return openWithPem(ciphertext, privateKey);
}

async function openWithCryptoKey(ciphertext: Uint8Array<ArrayBuffer>, key: CryptoKey): Promise<string> {
  const { modulusLength } = key.algorithm as RsaKeyAlgorithm;
  checkSealedLength(ciphertext, Math.ceil(modulusLength / 8));
  const opened = await decryptOaep(ciphertext, key);
  if (opened !== null) return opened;
  throw createOpenError('other_key_or_padding');
}

/**
 * Tells a wrong key pair from a payload for another request, after decryption has failed.
 *
 * @param publicKey PEM as it was sent to the site
 * @param privateKey PEM
 * @throws {ValetkeyError} `key_pair_mismatch`; `payload_cannot_be_opened` if the private key cannot be parsed
 */
export async function checkKeyPair(publicKey: string, privateKey: string): Promise<void> {
  const { isKeyPair } = await import('./open-with-pem.ts');
  if (!isKeyPair(publicKey, privateKey)) throw new ValetkeyError('key_pair_mismatch');
}
