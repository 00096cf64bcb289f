import type { CLIENT_REASONS } from '../errors/client-errors.ts';
import { ValetkeyError } from '../errors/valetkey-error.ts';

/** Decrypts OAEP (SHA-1) with WebCrypto. @returns null if decryption fails or the result is not UTF-8 */
export async function decryptOaep(
  ciphertext: Uint8Array<ArrayBuffer>,
  key: CryptoKey,
): Promise<string | null> {
  const opened = await globalThis.crypto.subtle
    .decrypt({ name: 'RSA-OAEP' }, key, ciphertext)
    .catch(() => null);
  return opened && readText(new Uint8Array(opened));
}

/** Sites encrypt only text. Other plaintext is rejected exactly like wrong padding. */
export function readText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** @throws {ValetkeyError} `payload_cannot_be_opened`, or `sealed_payload_truncated`, if a ciphertext has not the key's length */
export function checkSealedLength({ length }: Uint8Array, needed: number): void {
  if (length === needed) return;
  // Key sizes are multiples of 512 bits, so a payload of such a length was encrypted for another key.
  if (length > needed || length % 64 === 0) throw createOpenError('other_key_size');
  throw new ValetkeyError('sealed_payload_truncated', { bytes: length, needed });
}

/** The same error for every reason why a payload is invalid. */
export function createOpenError(reason: keyof typeof CLIENT_REASONS): ValetkeyError {
  return new ValetkeyError('payload_cannot_be_opened', { reason });
}
