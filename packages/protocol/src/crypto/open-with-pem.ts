import { checkSealedLength, createOpenError, decryptOaep, readText } from './open-oaep.ts';
import { parsePrivateKey, type RsaPrivateKey } from './private-key.ts';
import { decryptRaw } from './raw-rsa.ts';
import { unpadPkcs1 } from './unpad-pkcs1.ts';

export { isKeyPair } from './key-pair-match.ts';

/** Decrypts a payload with a private key in PEM: OAEP first, then PKCS#1 v1.5. */
export async function openWithPem(ciphertext: Uint8Array<ArrayBuffer>, pem: string): Promise<string> {
  const key = parsePrivateKey(pem);
  checkSealedLength(ciphertext, key.modulusBytes);
  const opened = (await openOaep(ciphertext, key)) ?? openPkcs1(ciphertext, key);
  if (opened !== null) return opened;
  throw createOpenError('other_key');
}

async function openOaep(ciphertext: Uint8Array<ArrayBuffer>, key: RsaPrivateKey): Promise<string | null> {
  const algorithm = { name: 'RSA-OAEP', hash: 'SHA-1' };
  const imported = await globalThis.crypto.subtle
    .importKey('pkcs8', key.pkcs8Der, algorithm, false, ['decrypt'])
    .catch(() => null);
  return imported && decryptOaep(ciphertext, imported);
}

function openPkcs1(ciphertext: Uint8Array, key: RsaPrivateKey): string | null {
  const block = decryptRaw(ciphertext, key);
  const message = block && unpadPkcs1(block);
  // Decoded even if there is no message, so that both cases take the same time.
  const text = readText(message ?? block ?? new Uint8Array());
  return message && text;
}
