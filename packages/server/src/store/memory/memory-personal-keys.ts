import { endOfKey } from '../../keys/end-of-key.ts';
import type { PersonalKeyStore } from '../personal-key-store.ts';
import type { MemoryKeyTable } from './memory-key-table.ts';

/** The personal keys of the memory store. Each method runs in one turn, and is atomic by that. */
export function createMemoryPersonalKeys(table: MemoryKeyTable): PersonalKeyStore {
  const countLive = (userId: string, now: number): number =>
    table
      .list()
      .filter(
        (key) =>
          key.userId === userId && key.kind === 'personal' && key.revokedAt === null && endOfKey(key) > now,
      ).length;

  return {
    async createPersonalKey(key, max) {
      return countLive(key.userId, key.createdAt) < max ? table.insert(key) : null;
    },
    async rotateKey(id, { keyHash, createdAt, retiresAt }, max) {
      const old = table.find(id);
      if (old?.kind !== 'personal') return { kind: 'not_found' };
      if (old.revokedAt !== null) return { kind: 'was_revoked' };
      if (old.retiresAt !== null) return { kind: 'was_rotated' };
      if (retiresAt > createdAt && countLive(old.userId, createdAt) >= max) return { kind: 'too_many' };
      const key = table.insert({ ...old, keyHash, createdAt });
      return { kind: 'rotated', key, retiring: table.change(old, { retiresAt }) };
    },
  };
}
