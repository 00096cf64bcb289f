import type { AdminKeyRecord } from '../../core/key/admin-key-record.ts';
import { isLaterUse } from '../../core/key/last-use.ts';
import type { AdminKeyStore } from '../../ports/admin-key-store.ts';
import type { MemoryAudit } from './memory-audit.ts';
import { createMemoryKeyRecords, isUnusedSince } from './memory-key-records.ts';

/** The admin keys in memory. No method awaits, so each is atomic. */
export function createMemoryAdminKeys(audits: Pick<MemoryAudit, 'appendAudit'>): AdminKeyStore {
  const keys = createMemoryKeyRecords<AdminKeyRecord>(audits);
  return {
    async createAdminKey(key, audit) {
      return keys.insert({ ...key, lastUsedAt: null, revokedAt: null, restoredAt: null }, audit);
    },
    async findAdminKeyByHash(keyHash) {
      return keys.findByHash(keyHash);
    },
    async findAdminKey(id) {
      return keys.find(id);
    },
    async listAdminKeys(page = {}) {
      return keys.listPage(page);
    },
    async revokeAdminKey(id, revokedAt, audit) {
      const key = keys.find(id);
      return key && key.revokedAt === null ? keys.change(key, { revokedAt }, audit) : null;
    },
    async undoRevokeAdminKey(id, restoredAt, audit) {
      const key = keys.find(id);
      return key && key.revokedAt !== null ? keys.change(key, { revokedAt: null, restoredAt }, audit) : null;
    },
    async deleteRevokedAdminKey(id, audit) {
      const key = keys.find(id);
      if (!key || key.revokedAt === null) return null;
      audits.appendAudit(audit, [key]);
      keys.remove(key);
      return key;
    },
    async revokeUnusedAdminKeys({ unusedSince, revokedAt, ...range }, audit) {
      const { batch, lastId } = keys.nextBatch(range);
      const revoked = batch
        .filter((key) => key.revokedAt === null && isUnusedSince(key, unusedSince))
        .map((key) => ({ ...key, revokedAt }));
      audits.appendAudit(audit, revoked);
      return { revoked: revoked.map((key) => keys.change(key, {})), lastId };
    },
    async recordAdminKeysUsed(uses) {
      for (const { id, usedAt } of uses) {
        const key = keys.find(id);
        if (key && isLaterUse(usedAt, key.lastUsedAt)) keys.change(key, { lastUsedAt: usedAt });
      }
    },
  };
}
