const MAX_BYTES = 200;

/**
 * Returns whether the value of `User-Api-Client-Id` may be stored (PROTOCOL.md#using-a-key).
 *
 * @param key of the request; a client id must not contain it
 */
export function isClientId(text: string, key: string): boolean {
  if (text === '' || Buffer.byteLength(text) > MAX_BYTES || /\p{Cc}/u.test(text)) return false;
  return !text.toLowerCase().includes(key);
}
