import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares two secrets in constant time. Both are hashed first, so neither content nor length shows in the duration. */
export function isSameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
