import { parsePrivateKey, type RsaPrivateKey } from './private-key.ts';
import { decryptRaw } from './raw-rsa.ts';
import { parseSealedPayload } from './sealed-payload.ts';
import { unpadPkcs1 } from './unpad-pkcs1.ts';
import { ValetkeyError } from './valetkey-error.ts';

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
  const key = parsePrivateKey(privateKey);
  checkLength(ciphertext, key.modulusBytes);
  const opened = (await openOaep(ciphertext, key)) ?? openPkcs1(ciphertext, key);
  if (opened !== null) return opened;
  throw refusal('it was sealed for another key, or changed on the way');
}

async function openWithCryptoKey(ciphertext: Uint8Array<ArrayBuffer>, key: CryptoKey): Promise<string> {
  const { modulusLength } = key.algorithm as RsaKeyAlgorithm;
  checkLength(ciphertext, Math.ceil(modulusLength / 8));
  const opened = await decryptOaep(ciphertext, key);
  if (opened !== null) return opened;
  throw refusal(
    'it was sealed for another key, changed on the way, or by an old site that ignores padding=oaep and needs forOldSites',
  );
}

function checkLength({ length }: Uint8Array, needed: number): void {
  if (length === needed) return;
  // Nearly all keys come in steps of 512 bits, so a length of that kind is a whole payload for another key.
  if (length > needed || length % 64 === 0) throw refusal('it was sealed for a key of another size');
  throw new ValetkeyError('sealed_payload_truncated', { bytes: length, needed });
}

async function openOaep(ciphertext: Uint8Array<ArrayBuffer>, key: RsaPrivateKey): Promise<string | null> {
  const algorithm = { name: 'RSA-OAEP', hash: 'SHA-1' };
  const imported = await globalThis.crypto.subtle
    .importKey('pkcs8', key.pkcs8Der, algorithm, false, ['decrypt'])
    .catch(() => null);
  return imported && decryptOaep(ciphertext, imported);
}

async function decryptOaep(ciphertext: Uint8Array<ArrayBuffer>, key: CryptoKey): Promise<string | null> {
  const opened = await globalThis.crypto.subtle
    .decrypt({ name: 'RSA-OAEP' }, key, ciphertext)
    .catch(() => null);
  return opened && readText(new Uint8Array(opened));
}

function openPkcs1(ciphertext: Uint8Array, key: RsaPrivateKey): string | null {
  const block = decryptRaw(ciphertext, key);
  const message = block && unpadPkcs1(block);
  // Read whether there is a message or not, so that both take the same time.
  const text = readText(message ?? block ?? new Uint8Array());
  return message && text;
}

/** What is not a text was not sealed by a site: no different from a padding that is wrong. */
function readText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function refusal(reason: string): ValetkeyError {
  return new ValetkeyError('payload_cannot_be_opened', { reason });
}
