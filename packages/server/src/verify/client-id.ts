const MAX_BYTES = 200;

/**
 * Whether `User-Api-Client-Id` may rename a client (PROTOCOL.md section 5).
 *
 * @param key the key of the request: a text that contains it is no client id
 */
export function isClientId(text: string, key: string): boolean {
  if (text === '' || Buffer.byteLength(text) > MAX_BYTES || /\p{Cc}/u.test(text)) return false;
  return !text.toLowerCase().includes(key);
}
