import type { SigningKey, SigningKeyStore } from '../../ports/signing-key-store.ts';

/** The signing keys in memory. No method awaits, so each is atomic. */
export function createMemorySigningKeys(): SigningKeyStore {
  /** Newest first. */
  let keys: readonly SigningKey[] = [];
  return {
    listSigningKeys: async () => [...keys],
    async saveSigningKey(key, unlessSince) {
      if (keys.some(({ createdAt }) => createdAt > unlessSince)) return false;
      keys = [key, ...keys];
      return true;
    },
    async deleteSigningKeys(createdBefore) {
      keys = keys.filter(({ createdAt }, index) => index === 0 || createdAt >= createdBefore);
    },
  };
}
