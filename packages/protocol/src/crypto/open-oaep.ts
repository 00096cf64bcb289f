import { ValetkeyError } from '../errors/valetkey-error.ts';

/** Takes OAEP (SHA-1) off by WebCrypto. @returns null if it does not open, or is no text */
export async function decryptOaep(
  ciphertext: Uint8Array<ArrayBuffer>,
  key: CryptoKey,
): Promise<string | null> {
  const opened = await globalThis.crypto.subtle
    .decrypt({ name: 'RSA-OAEP' }, key, ciphertext)
    .catch(() => null);
  return opened && readText(new Uint8Array(opened));
}

/** What is not a text was not sealed by a site: no different from a padding that is wrong. */
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
  // Nearly all keys come in steps of 512 bits, so a length of that kind is a whole payload for another key.
  if (length > needed || length % 64 === 0) throw refuseToOpen('it was sealed for a key of another size');
  throw new ValetkeyError('sealed_payload_truncated', { bytes: length, needed });
}

/** The one refusal for whatever is wrong with a payload. */
export function refuseToOpen(reason: string): ValetkeyError {
  return new ValetkeyError('payload_cannot_be_opened', { reason });
}
