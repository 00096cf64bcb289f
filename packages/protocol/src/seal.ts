import { constants, publicEncrypt } from 'node:crypto';
import type { Padding } from './key-request.ts';
import type { RsaPublicKey } from './public-key.ts';

/** OAEP is with SHA-1, MGF1-SHA-1 and an empty label: what OpenSSL does by default and Discourse sends. */
const PADDINGS = {
  pkcs1: { padding: constants.RSA_PKCS1_PADDING },
  oaep: { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
} as const;

/**
 * Encrypts so that only the holder of the private key can read it. Check with `checkPayloadFits` first.
 *
 * @returns base64 on one line
 */
export function sealPayload(plaintext: string, key: RsaPublicKey, padding: Padding): string {
  return publicEncrypt({ key: key.spkiPem, ...PADDINGS[padding] }, Buffer.from(plaintext)).toString('base64');
}
