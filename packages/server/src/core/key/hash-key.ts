import { type BinaryToTextEncoding, hash } from 'node:crypto';

/** Returns the text of a new key: 128 random bits in lower-case hex (PROTOCOL.md section 3). */
export function createKeyText({
  randomBytes,
}: {
  readonly randomBytes: (count: number) => Uint8Array;
}): string {
  return Buffer.from(randomBytes(16)).toString('hex');
}

/** Node takes every encoding that a buffer has; its types name four of them. */
const TWO_BYTE_LETTERS = 'ucs2' as BinaryToTextEncoding;

/** Returns the hash that a key is stored and looked up by. 128 random bits need neither salt nor a slow hash. */
export function hashKey(key: string): string {
  return hash('sha256', key);
}

/** The same 256 bits as 16 characters of two bytes each: the fewest letters to look at when it is looked up in memory. */
export function digestKey(key: string): string {
  return hash('sha256', key, TWO_BYTE_LETTERS);
}

/** The digest of a stored hash. */
export const digestOfHash = (keyHash: string): string => Buffer.from(keyHash, 'hex').toString('ucs2');
