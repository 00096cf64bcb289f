import { type BinaryToTextEncoding, hash } from 'node:crypto';

/** Node takes every encoding that a buffer has; its types name four of them. */
const TWO_BYTE_LETTERS = 'ucs2' as BinaryToTextEncoding;

/** What is stored of a key, and what it is looked up by: 128 random bits need no salt and no slow hash. */
export function hashKey(key: string): string {
  return hash('sha256', key);
}

/** The same 256 bits as 16 characters of two bytes each: the fewest letters to look at when it is looked up in memory. */
export function digestKey(key: string): string {
  return hash('sha256', key, TWO_BYTE_LETTERS);
}

/** The digest of a stored hash. */
export const digestOfHash = (keyHash: string): string => Buffer.from(keyHash, 'hex').toString('ucs2');
