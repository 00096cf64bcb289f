import type { ErrorCode } from '@valetkey/protocol';

const USER_KEY = /^[0-9a-f]{32}$/;
const ADMIN_KEY = /^[0-9a-f]{64}$/;
/** With its head line, or the bare base64 of SPKI and PKCS#1, which begins alike for each size: 1024 bits, and more. */
const PUBLIC_KEY = /BEGIN|^ssh-|^MI(?:G[df]MA|G[HJ]Ao|I[BCEF])/;
/** An RSA ciphertext in base64: 128 bytes (1024 bits) at least, 1024 (8192 bits) at most. */
const SEALED_PAYLOAD = /^[A-Za-z0-9+/=_\s%-]{160,2000}$/;

/**
 * Why this text cannot be a user API key, told from its form alone, so that the answer reveals nothing about
 * which keys exist; null if it has a key's form. Everyone in the thread who was stuck had sent one of these.
 */
export function recognizeUserKey(text: string): ErrorCode | null {
  if (text.length === 32 && USER_KEY.test(text)) return null;
  if (ADMIN_KEY.test(text)) return 'admin_key_in_user_header';
  if (PUBLIC_KEY.test(text)) return 'key_is_public_key';
  if (SEALED_PAYLOAD.test(text)) return 'key_is_encrypted_payload';
  return 'key_unknown';
}

/** The same for the `Api-Key` header; null if it has an admin key's form. */
export function recognizeAdminKey(text: string): ErrorCode | null {
  if (ADMIN_KEY.test(text)) return null;
  return USER_KEY.test(text) ? 'user_key_in_admin_header' : 'invalid_api_credentials';
}
