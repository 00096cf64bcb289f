import type { PersonalKeyStore } from '../personal-key-store.ts';
import type { MemoryKeyTable } from './memory-key-table.ts';

/** The personal keys of the memory store. Each method runs in one turn, and is atomic by that. */
export function createMemoryPersonalKeys(table: MemoryKeyTable): PersonalKeyStore {
  const countLive = (userId: string, now: number): number =>
    table
      .list()
      .filter(
        (key) =>
          key.userId === userId &&
          key.kind === 'personal' &&
          key.revokedAt === null &&
          (key.expiresAt ?? now + 1) > now,
      ).length;

  return {
    async createPersonalKey(key, max) {
      return countLive(key.userId, key.createdAt) < max ? table.insert(key) : null;
    },
  };
}
