import type { KeyRecord } from '../../core/key/key-record.ts';
import { isActive } from '../../core/key/key-state.ts';
import { decideReminder } from '../../core/notices/decide-reminder.ts';
import type { PersonalKeyStore } from '../../ports/personal-key-store.ts';
import type { MemoryKeyTable } from './memory-key-table.ts';

/** Returns how many active keys of this kind this user has at this time. */
export function countActiveKeys(
  table: MemoryKeyTable,
  { userId, kind }: Pick<KeyRecord, 'userId' | 'kind'>,
  now: number,
): number {
  return table.listUnrevoked(userId).filter((key) => key.kind === kind && isActive(key, now)).length;
}

/** The personal keys in memory. No method awaits, so each is atomic. */
export function createMemoryPersonalKeys(table: MemoryKeyTable): PersonalKeyStore {
  /** The days of the latest reminder, by the id of the key. */
  const reminded = new Map<number, number>();
  return {
    async renewKey(id, { now, expiresAt }, audit) {
      const key = table.find(id);
      if (key?.kind !== 'personal' || key.retiresAt !== null || !isActive(key, now)) return null;
      if (key.expiresAt === null || expiresAt <= key.expiresAt) return null;
      const renewed = table.change(key, { expiresAt }, audit);
      reminded.delete(id);
      return renewed;
    },
    async takeExpiryReminders({ now, ...range }) {
      const { batch, lastId } = table.nextBatch(range);
      const keys = batch.filter((key) => {
        if (key.kind !== 'personal' || key.retiresAt !== null || !isActive(key, now)) return false;
        const days = decideReminder(key, now);
        if (days === null || (reminded.get(key.id) ?? days + 1) <= days) return false;
        reminded.set(key.id, days);
        return true;
      });
      return { keys, lastId };
    },
    async createPersonalKey(key, max, audit) {
      const count = countActiveKeys(table, { userId: key.userId, kind: 'personal' }, key.createdAt);
      return count < max ? table.insertNew(key, audit) : null;
    },
    async rotateKey(id, { keyHash, createdAt, retiresAt }, max, audit) {
      const old = table.find(id);
      if (old?.kind !== 'personal') return { kind: 'not_found' };
      if (old.revokedAt !== null) return { kind: 'was_revoked' };
      if (old.retiresAt !== null) return { kind: 'was_rotated' };
      if (retiresAt > createdAt && countActiveKeys(table, old, createdAt) >= max) return { kind: 'too_many' };
      const retiring = { ...old, retiresAt };
      const key = table.insertNew({ ...old, keyHash, createdAt }, audit && (() => audit(retiring)));
      return { kind: 'rotated', key, retiring: table.change(old, { retiresAt }) };
    },
  };
}
