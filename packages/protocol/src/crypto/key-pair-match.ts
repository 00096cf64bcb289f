import { decodeBase64 } from './base64.ts';
import { readDerSequence } from './der.ts';
import { parsePrivateKey } from './private-key.ts';

/**
 * Whether a private key is the other half of a public key: both have the same modulus. For the question why a payload
 * cannot be opened.
 *
 * @param publicKey PEM as it was sent to the site, SPKI or PKCS#1
 * @param privateKey PEM, PKCS#8 or PKCS#1
 * @throws {ValetkeyError} `payload_cannot_be_opened` if the private key cannot be read
 */
export function isKeyPair(publicKey: string, privateKey: string): boolean {
  const [, , inner] = readDerSequence(parsePrivateKey(privateKey).pkcs8Der) ?? [];
  const [, modulus] = readDerSequence(inner?.content ?? new Uint8Array()) ?? [];
  const der = decodeBase64(publicKey.replace(/-----[^-]*-----|\s/g, ''));
  if (!der || !modulus) return false;
  // Whatever stands around it: in either form the modulus is one run of bytes.
  return toLetters(der).includes(toLetters(modulus.content));
}

const toLetters = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
