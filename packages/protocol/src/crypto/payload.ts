import { ValetkeyError } from '../errors/valetkey-error.ts';

/** The payload that a client receives encrypted (PROTOCOL.md#payload). */
export interface Payload {
  /** The user API key: 32 lower-case hexadecimal digits. */
  readonly key: string;
  /** The nonce of the request; the client must compare it. */
  readonly nonce: string;
  /** Whether notifications will be pushed. */
  readonly push: boolean;
  /** The protocol version. */
  readonly api: number;
  /** ISO 8601 in UTC, or null for a key that does not expire. */
  readonly expiresAt: string | null;
}

/**
 * Returns the JSON to encrypt, with the fields in Discourse's order. Fractions of a second are removed from the
 * expiry, because RSA leaves little space for the nonce.
 */
export function encodePayload(payload: Payload): string {
  const { key, nonce, push, api, expiresAt } = payload;
  const expiry = expiresAt === null ? {} : { expires_at: expiresAt.replace(/\.[0-9]{1,9}Z$/, 'Z') };
  return JSON.stringify({ key, nonce, push, api, ...expiry });
}

/**
 * Parses a decrypted payload. Tolerates differences between sites: the key is any run of visible ASCII, unknown
 * fields are ignored, and other invalid fields count as missing (`api` as 0).
 *
 * @throws {ValetkeyError} `payload_unreadable`
 */
export function parsePayload(text: string): Payload {
  const { key, nonce, push, api, expires_at: expiresAt } = parseObject(text);
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key) || typeof nonce !== 'string') {
    throw new ValetkeyError('payload_unreadable');
  }
  return {
    key,
    nonce,
    push: push === true,
    api: typeof api === 'number' ? api : 0,
    expiresAt: typeof expiresAt === 'string' ? expiresAt : null,
  };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // The error of the JSON parser would quote the text, including the key.
  }
  throw new ValetkeyError('payload_unreadable');
}
