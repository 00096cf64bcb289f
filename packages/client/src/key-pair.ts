import { writePem } from '@valetkey/protocol';

/** Two halves of one RSA key, as PEM. */
export interface KeyPair {
  /** SPKI (`BEGIN PUBLIC KEY`): goes to the site. */
  readonly publicKey: string;
  /** PKCS#8 (`BEGIN PRIVATE KEY`): never leaves the app. */
  readonly privateKey: string;
}

/**
 * A new RSA key pair of 2048 bits, for one login.
 *
 * @example const { publicKey, privateKey } = await generateKeyPair();
 * @see PROTOCOL.md section 2
 */
export async function generateKeyPair(): Promise<KeyPair> {
  const algorithm = {
    name: 'RSA-OAEP',
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
    hash: 'SHA-1',
  };
  const pair = await crypto.subtle.generateKey(algorithm, true, ['encrypt', 'decrypt']);
  const [spki, pkcs8] = await Promise.all([
    crypto.subtle.exportKey('spki', pair.publicKey),
    crypto.subtle.exportKey('pkcs8', pair.privateKey),
  ]);
  return {
    publicKey: writePem('PUBLIC KEY', new Uint8Array(spki)),
    privateKey: writePem('PRIVATE KEY', new Uint8Array(pkcs8)),
  };
}
