import { byteLength } from './byte-length.ts';
import type { Padding } from './key-request.ts';
import type { RsaPublicKey } from './public-key.ts';
import { ValetkeyError } from './valetkey-error.ts';

/** What the site seals and the app opens (PROTOCOL.md section 3). */
export interface Payload {
  /** 32 lower-case hexadecimal digits. */
  readonly key: string;
  /** The one that the app sent: it must compare them. */
  readonly nonce: string;
  /** Whether notifications will be pushed to the app's push URL. */
  readonly push: boolean;
  /** Version of the protocol. */
  readonly api: number;
  /** ISO 8601, UTC; null if the key does not expire. */
  readonly expiresAt: string | null;
}

/** The JSON as it is encrypted: members in this order, no blanks, `expires_at` only if there is one. */
export function encodePayload({ key, nonce, push, api, expiresAt }: Payload): string {
  return JSON.stringify({ key, nonce, push, api, ...(expiresAt !== null && { expires_at: expiresAt }) });
}

/** @throws ValetkeyError `payload_unreadable` */
export function parsePayload(text: string): Payload {
  const value = parseObject(text);
  const { key, nonce, push = false, api = 0, expires_at = null } = value;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key) || typeof nonce !== 'string') {
    throw new ValetkeyError('payload_unreadable');
  }
  return {
    key,
    nonce,
    push: push === true,
    api: typeof api === 'number' ? api : 0,
    expiresAt: typeof expires_at === 'string' ? expires_at : null,
  };
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown = null;
  try {
    value = JSON.parse(text);
  } catch {
    // Not JSON is the same to the reader as JSON of another shape.
  }
  if (typeof value !== 'object' || value === null) throw new ValetkeyError('payload_unreadable');
  return value as Record<string, unknown>;
}

/** How many bytes of payload a key of this size has room for. */
export function payloadRoom(bits: number, padding: Padding): number {
  // RFC 8017: section 7.2.1 for PKCS#1 v1.5, section 7.1.1 for OAEP with SHA-1.
  return Math.ceil(bits / 8) - (padding === 'oaep' ? 42 : 11);
}

/** How long a nonce may be, in bytes of JSON text, beside everything else of this payload. */
export function maxNonceBytes(payload: Payload, key: RsaPublicKey, padding: Padding): number {
  return Math.max(0, payloadRoom(key.bits, padding) - byteLength(encodePayload({ ...payload, nonce: '' })));
}

/** @throws ValetkeyError `payload_too_large` with `bytes`, `max_bytes` and `max_nonce_bytes` */
export function checkPayloadFits(payload: Payload, key: RsaPublicKey, padding: Padding): void {
  const bytes = byteLength(encodePayload(payload));
  const room = payloadRoom(key.bits, padding);
  if (bytes <= room) return;
  throw new ValetkeyError('payload_too_large', {
    padding_name: padding === 'oaep' ? 'OAEP' : 'PKCS#1 v1.5',
    bytes,
    max_bytes: room,
    max_nonce_bytes: maxNonceBytes(payload, key, padding),
  });
}
