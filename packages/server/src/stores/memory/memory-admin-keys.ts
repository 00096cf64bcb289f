import type { AdminKeyRecord, AdminKeyStore } from '../../ports/admin-key-store.ts';
import type { AuditEventFactory } from '../../ports/audit-store.ts';
import type { MemoryAudit } from './memory-audit.ts';

/** Whether a key was neither used nor made nor restored since this moment. */
export function isUnusedSince(
  { createdAt, lastUsedAt, restoredAt }: Pick<AdminKeyRecord, 'createdAt' | 'lastUsedAt' | 'restoredAt'>,
  since: number,
): boolean {
  return Math.max(createdAt, lastUsedAt ?? 0, restoredAt ?? 0) < since;
}

/** The admin keys of the store that forgets everything; no method awaits, so each is atomic as it stands. */
export function createMemoryAdminKeys({ appendAudit }: Pick<MemoryAudit, 'appendAudit'>): AdminKeyStore {
  const keys = new Map<number, AdminKeyRecord>();
  let lastId = 0;

  const byHash = (keyHash: string) => [...keys.values()].find((key) => key.keyHash === keyHash) ?? null;
  const change = (
    key: AdminKeyRecord,
    changes: Partial<AdminKeyRecord>,
    audit?: AuditEventFactory<AdminKeyRecord>,
  ): AdminKeyRecord => {
    const changed = { ...key, ...changes };
    appendAudit(audit, [changed]);
    keys.set(key.id, changed);
    return changed;
  };

  return {
    async createAdminKey(key, audit) {
      if (byHash(key.keyHash)) throw new Error('An admin key with this hash is stored already.');
      const record = { ...key, id: lastId + 1, lastUsedAt: null, revokedAt: null, restoredAt: null };
      appendAudit(audit, [record]);
      lastId = record.id;
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
    async revokeAdminKey(id, revokedAt, audit) {
      const key = keys.get(id);
      return key && key.revokedAt === null ? change(key, { revokedAt }, audit) : null;
    },
    async undoRevokeAdminKey(id, restoredAt, audit) {
      const key = keys.get(id);
      return key && key.revokedAt !== null ? change(key, { revokedAt: null, restoredAt }, audit) : null;
    },
    async deleteRevokedAdminKey(id, audit) {
      const key = keys.get(id);
      if (!key || key.revokedAt === null) return null;
      appendAudit(audit, [key]);
      keys.delete(id);
      return key;
    },
    async revokeUnusedAdminKeys({ unusedSince, revokedAt }, audit) {
      const revoked = [...keys.values()]
        .filter((key) => key.revokedAt === null && isUnusedSince(key, unusedSince))
        .map((key) => ({ ...key, revokedAt }));
      appendAudit(audit, revoked);
      return revoked.map((key) => change(key, {}));
    },
    async touchAdminKeys(touches) {
      for (const { id, usedAt } of touches) {
        const key = keys.get(id);
        if (key && (key.lastUsedAt ?? 0) <= usedAt) change(key, { lastUsedAt: usedAt });
      }
    },
  };
}
