import { decodeBase64 } from './base64.ts';
import { readDerSequence } from './der.ts';
import { parsePrivateKey } from './private-key.ts';

/**
 * Whether a private and a public key belong together: both have the same modulus. Used to explain why a payload
 * cannot be decrypted.
 *
 * @param publicKey PEM as it was sent to the site, SPKI or PKCS#1
 * @param privateKey PEM, PKCS#8 or PKCS#1
 * @throws {ValetkeyError} `payload_cannot_be_opened` if the private key cannot be parsed
 */
export function isKeyPair(publicKey: string, privateKey: string): boolean {
  const [, , inner] = readDerSequence(parsePrivateKey(privateKey).pkcs8Der) ?? [];
  const [, modulus] = readDerSequence(inner?.content ?? new Uint8Array()) ?? [];
  const der = decodeBase64(publicKey.replace(/-----[^-]*-----|\s/g, ''));
  if (!der || !modulus) return false;
  // In every encoding the modulus is one contiguous run of bytes.
  return toChars(der).includes(toChars(modulus.content));
}

const toChars = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
