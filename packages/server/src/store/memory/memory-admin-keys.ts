import type { AdminKeyRecord, AdminKeyStore } from '../admin-key-store.ts';

/** The admin keys of the store that forgets everything; no method awaits, so each is atomic as it stands. */
export function createMemoryAdminKeys(): AdminKeyStore {
  const keys = new Map<number, AdminKeyRecord>();
  let lastId = 0;

  const byHash = (keyHash: string) => [...keys.values()].find((key) => key.keyHash === keyHash) ?? null;
  const change = (key: AdminKeyRecord, changes: Partial<AdminKeyRecord>): AdminKeyRecord => {
    const changed = { ...key, ...changes };
    keys.set(key.id, changed);
    return changed;
  };

  return {
    async createAdminKey(key) {
      if (byHash(key.keyHash)) throw new Error('An admin key with this hash is stored already.');
      lastId += 1;
      const record = { ...key, id: lastId, lastUsedAt: null, revokedAt: null };
      keys.set(record.id, record);
      return record;
    },
    async findAdminKeyByHash(keyHash) {
      return byHash(keyHash);
    },
    async findAdminKey(id) {
      return keys.get(id) ?? null;
    },
    async listAdminKeys() {
      return [...keys.values()].sort((a, b) => b.id - a.id);
    },
    async revokeAdminKey(id, revokedAt) {
      const key = keys.get(id);
      return key && key.revokedAt === null ? change(key, { revokedAt }) : null;
    },
    async undoRevokeAdminKey(id) {
      const key = keys.get(id);
      return key && key.revokedAt !== null ? change(key, { revokedAt: null }) : null;
    },
    async deleteRevokedAdminKey(id) {
      const key = keys.get(id);
      if (!key || key.revokedAt === null) return null;
      keys.delete(id);
      return key;
    },
    async revokeUnusedAdminKeys({ unusedSince, revokedAt }) {
      return [...keys.values()]
        .filter((key) => key.revokedAt === null && (key.lastUsedAt ?? key.createdAt) < unusedSince)
        .map((key) => change(key, { revokedAt }));
    },
    async touchAdminKeys(touches) {
      for (const { id, usedAt } of touches) {
        const key = keys.get(id);
        if (key && (key.lastUsedAt ?? 0) <= usedAt) change(key, { lastUsedAt: usedAt });
      }
    },
  };
}
