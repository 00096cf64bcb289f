import { ValetkeyError } from '../errors/valetkey-error.ts';
import type { Padding } from '../request/key-request.ts';
import { byteLength } from './byte-length.ts';
import { encodePayload } from './payload.ts';
import type { RsaPublicKey } from './public-key.ts';

/** Overhead in bytes and display name of each padding (RFC 8017 sections 7.1.1 and 7.2.1). */
const PADDINGS = {
  pkcs1: { overheadBytes: 11, name: 'PKCS#1' },
  oaep: { overheadBytes: 42, name: 'OAEP' },
} as const;

/** Returns how many bytes of plaintext an RSA key of this size can encrypt (PROTOCOL.md#payload). */
export function maxPayloadBytes(bits: number, padding: Padding): number {
  return Math.ceil(bits / 8) - PADDINGS[padding].overheadBytes;
}

/**
 * Returns the maximum length of the nonce, in bytes. A character that JSON escapes counts as its escape sequence.
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
  return Math.max(0, maxPayloadBytes(key.bits, padding) - byteLength(rest));
}

/**
 * Checks that a plaintext can be encrypted with this key, before a key is issued.
 *
 * @throws {ValetkeyError} `payload_too_large`, with size, maximum size and maximum length of the nonce
 */
export function checkPayloadFits(plaintext: string, key: Pick<RsaPublicKey, 'bits'>, padding: Padding): void {
  const bytes = byteLength(plaintext);
  const maxBytes = maxPayloadBytes(key.bits, padding);
  if (bytes <= maxBytes) return;
  throw new ValetkeyError('payload_too_large', {
    padding,
    padding_name: PADDINGS[padding].name,
    bytes,
    max_bytes: maxBytes,
    max_nonce_bytes: maxNonceBytes(key, padding, { expires: plaintext.includes('"expires_at":') }),
  });
}
