import { hash } from 'node:crypto';

/** What is stored of a key, and what it is looked up by: 128 random bits need no salt and no slow hash. */
export function hashKey(key: string): string {
  return hash('sha256', key);
}
