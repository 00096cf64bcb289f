import { ValetkeyError } from '../errors/valetkey-error.ts';
import { checkSealedLength, decryptOaep, refuseToOpen } from './open-oaep.ts';
import { parseSealedPayload } from './sealed-payload.ts';

// For whoever brings raw RSA of their own.
export { unpadPkcs1 } from './unpad-pkcs1.ts';

/**
 * Opens a sealed payload or one-time password. Tries OAEP (SHA-1) by WebCrypto, then PKCS#1 v1.5, which sites send that
 * do not know `padding`. A `CryptoKey` that cannot be exported opens OAEP only.
 *
 * What is wrong with a padding is not told, neither by the error nor by the time that it takes (docs/security/padding.md).
 *
 * @param sealed the ciphertext, or any text that parseSealedPayload reads
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
  // Loaded when it is needed: a page whose key cannot be exported never carries it.
  const { openWithPem } = await import('./open-with-pem.ts');
  return openWithPem(ciphertext, privateKey);
}

async function openWithCryptoKey(ciphertext: Uint8Array<ArrayBuffer>, key: CryptoKey): Promise<string> {
  const { modulusLength } = key.algorithm as RsaKeyAlgorithm;
  checkSealedLength(ciphertext, Math.ceil(modulusLength / 8));
  const opened = await decryptOaep(ciphertext, key);
  if (opened !== null) return opened;
  throw refuseToOpen(
    'it was sealed for another key, changed on the way, or by an old site that ignores padding=oaep and needs forOldSites',
  );
}

/**
 * Tells a mix-up of key pairs from a payload of somebody else, once a payload does not open.
 *
 * @param publicKey PEM as it was sent to the site
 * @param privateKey PEM
 * @throws {ValetkeyError} `key_pair_mismatch`; `payload_cannot_be_opened` if the private key cannot be read
 */
export async function checkKeyPair(publicKey: string, privateKey: string): Promise<void> {
  const { isKeyPair } = await import('./open-with-pem.ts');
  if (!isKeyPair(publicKey, privateKey)) throw new ValetkeyError('key_pair_mismatch');
}
