import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import type { Padding } from '../request/key-request.ts';
import { checkPayloadFits } from './payload-size.ts';
import type { RsaPublicKey } from './public-key.ts';

/**
 * Encrypts a payload or one-time password with the client's public key (PROTOCOL.md#payload): RSAES-PKCS1-v1_5, or
 * RSAES-OAEP with SHA-1, MGF1-SHA-1 and an empty label. The result is different each time.
 *
 * @returns base64 on one line
 * @throws {ValetkeyError} `payload_too_large`
 * @example sealPayload(encodePayload(payload), parsePublicKey(pem), 'oaep')
 */
export function sealPayload(plaintext: string, key: RsaPublicKey, padding: Padding): string {
  checkPayloadFits(plaintext, key, padding);
  const encryption =
    padding === 'oaep'
      ? { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }
      : { padding: constants.RSA_PKCS1_PADDING };
  const publicKey = createPublicKey({ key: Buffer.from(key.spkiDer), format: 'der', type: 'spki' });
  return publicEncrypt({ key: publicKey, ...encryption }, Buffer.from(plaintext, 'utf8')).toString('base64');
}
