import type { ErrorCode } from '@valetkey/protocol';

const USER_KEY = /^[0-9a-f]{32}$/;
const ADMIN_KEY = /^[0-9a-f]{64}$/;
/** PEM, or the bare base64 of SPKI and PKCS#1, whose first bytes depend on the size: 1024 bits and more. */
const PUBLIC_KEY = /BEGIN|^ssh-|^MI(?:G[df]MA|G[HJ]Ao|I[BCEF])/;
/** An RSA ciphertext in base64: 128 bytes (1024 bits) to 1024 bytes (8192 bits). */
const SEALED_PAYLOAD = /^[A-Za-z0-9+/=_\s%-]{160,2000}$/;

/**
 * Returns why this text cannot be a user API key, by its form alone, so that the response does not reveal which keys
 * exist. Returns null for the form of a key. Public keys and payloads are the texts most often sent by mistake
 * (PROTOCOL.md#rejected-keys).
 */
export function recognizeUserKey(text: string): ErrorCode | null {
  if (text.length === 32 && USER_KEY.test(text)) return null;
  if (ADMIN_KEY.test(text)) return 'admin_key_in_user_header';
  if (PUBLIC_KEY.test(text)) return 'key_is_public_key';
  if (SEALED_PAYLOAD.test(text)) return 'key_is_encrypted_payload';
  return 'key_unknown';
}

/** Returns the same for the `Api-Key` header; null for the form of an admin key. */
export function recognizeAdminKey(text: string): ErrorCode | null {
  if (ADMIN_KEY.test(text)) return null;
  return USER_KEY.test(text) ? 'user_key_in_admin_header' : 'invalid_api_credentials';
}
