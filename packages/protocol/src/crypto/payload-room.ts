import { ValetkeyError } from '../errors/valetkey-error.ts';
import type { Padding } from '../request/key-request.ts';
import { byteLength } from './byte-length.ts';
import { encodePayload } from './payload.ts';
import type { RsaPublicKey } from './public-key.ts';

/** What each padding takes from the block, in bytes, and what it is called (RFC 8017 sections 7.1.1 and 7.2.1). */
const PADDINGS = {
  pkcs1: { overheadBytes: 11, name: 'PKCS#1' },
  oaep: { overheadBytes: 42, name: 'OAEP' },
} as const;

/** Bytes of plaintext that an RSA key of so many bits can carry (PROTOCOL.md section 3). */
export function payloadRoom(bits: number, padding: Padding): number {
  return Math.ceil(bits / 8) - PADDINGS[padding].overheadBytes;
}

/**
 * The longest nonce that fits beside the key, in bytes; a character that JSON escapes counts as its escape.
 *
 * @example maxNonceBytes(keyOf2048Bits, 'oaep', { expires: true }) // 104
 */
export function maxNonceBytes(
  key: Pick<RsaPublicKey, 'bits'>,
  padding: Padding,
  options: { readonly expires: boolean },
): number {
  const rest = encodePayload({
    key: '0'.repeat(32),
    nonce: '',
    push: false,
    api: 4,
    expiresAt: options.expires ? '2026-01-01T00:00:00Z' : null,
  });
  return Math.max(0, payloadRoom(key.bits, padding) - byteLength(rest));
}

/**
 * Checks that a plaintext can be sealed with this key, before anything is issued.
 *
 * @throws {ValetkeyError} `payload_too_large`, with the size, the room, and the longest nonce that would fit
 */
export function checkPayloadFits(plaintext: string, key: Pick<RsaPublicKey, 'bits'>, padding: Padding): void {
  const bytes = byteLength(plaintext);
  const maxBytes = payloadRoom(key.bits, padding);
  if (bytes <= maxBytes) return;
  throw new ValetkeyError('payload_too_large', {
    padding,
    padding_name: PADDINGS[padding].name,
    bytes,
    max_bytes: maxBytes,
    max_nonce_bytes: maxNonceBytes(key, padding, { expires: plaintext.includes('"expires_at":') }),
  });
}
