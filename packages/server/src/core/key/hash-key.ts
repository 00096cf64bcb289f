import { hash } from 'node:crypto';

/** Returns the text of a new key: 128 random bits in lower-case hex (PROTOCOL.md#payload). */
export function createKeyText({
  randomBytes,
}: {
  readonly randomBytes: (count: number) => Uint8Array;
}): string {
  return Buffer.from(randomBytes(16)).toString('hex');
}

/** Returns the hash that a key is stored and looked up by. 128 random bits need neither salt nor a slow hash. */
export function hashKey(key: string): string {
  return hash('sha256', key);
}
