import type { KeyRecord, NewKey } from '../../core/key/key-record.ts';
import { effectiveExpiry } from '../../core/key/key-state.ts';
import type { AuditEventFactory } from '../../ports/audit-store.ts';
import type { OneTimePassword, Store } from '../../ports/store.ts';
import { createMemoryAdminKeys, isUnusedSince } from './memory-admin-keys.ts';
import { createMemoryAudit } from './memory-audit.ts';
import { createMemoryClients } from './memory-clients.ts';
import { createMemoryGrants } from './memory-grants.ts';
import { createMemoryKeyTable } from './memory-key-table.ts';
import { countLivePersonalKeys, createMemoryPersonalKeys } from './memory-personal-keys.ts';
import { createMemoryPushes } from './memory-pushes.ts';

/**
 * A store that forgets everything when the process ends: for tests and for trying things out. JavaScript runs
 * one turn at a time and no method here awaits, so each is atomic as it stands.
 */
export function createMemoryStore(): Store {
  const audits = createMemoryAudit();
  const { appendAudit } = audits;
  const keys = createMemoryKeyTable(audits);
  const passwords = new Map<string, OneTimePassword>();
  const settings = new Map<string, string>();

  const replaceKey = (key: NewKey, audit?: AuditEventFactory<KeyRecord>) => {
    const earlier = keys.findUnrevoked(key);
    const record = keys.insert(key, audit);
    const revoked = { revokedAt: key.createdAt, revokedReason: 'replaced' } as const;
    return { key: record, replaced: earlier && keys.change(earlier, revoked) };
  };

  return {
    ...createMemoryAdminKeys(audits),
    ...audits.store,
    ...createMemoryClients(keys.list, audits),
    ...createMemoryGrants(replaceKey, audits),
    ...createMemoryPersonalKeys(keys),
    ...createMemoryPushes(),
    async replaceKey(key, audit) {
      return replaceKey(key, audit);
    },
    async findKeyByHash(keyHash) {
      return keys.findByHash(keyHash);
    },
    async findKey(id) {
      return keys.find(id);
    },
    async findUnrevokedKey(userId, kind, clientId) {
      return keys.findUnrevoked({ userId, kind, clientId });
    },
    async listKeys(userId, revokedSince = 0) {
      return keys
        .list()
        .filter((record) => record.userId === userId)
        .filter(({ revokedAt }) => revokedAt === null || (revokedSince !== null && revokedAt >= revokedSince))
        .sort((a, b) => b.id - a.id);
    },
    async revokeKey(id, revokedAt, audit) {
      const record = keys.find(id);
      if (!record || record.revokedAt !== null) return null;
      return keys.change(record, { revokedAt, revokedReason: 'revoked' }, audit);
    },
    async revokeStaleKeys({ unusedSince, approvedBefore, revokedAt }, audit) {
      const revoked = keys.list().flatMap((record): KeyRecord[] => {
        if (record.revokedAt !== null || (record.retiresAt ?? revokedAt + 1) <= revokedAt) return [];
        const isUnused = unusedSince !== null && isUnusedSince(record, unusedSince);
        const isTooOld = approvedBefore !== null && record.createdAt < approvedBefore;
        if (!isUnused && !isTooOld) return [];
        return [{ ...record, revokedAt, revokedReason: isTooOld ? 'too_old' : 'unused' }];
      });
      appendAudit(audit, revoked);
      return revoked.map((record) => keys.change(record, {}));
    },
    async undoRevokeKey(id, { restoredAt, max }, audit) {
      const record = keys.find(id);
      if (!record) return 'not_found';
      if (record.revokedAt === null) return 'not_revoked';
      if (record.revokedReason === 'replaced' || record.retiresAt !== null || keys.findUnrevoked(record))
        return 'was_replaced';
      if (record.kind === 'personal' && countLivePersonalKeys(keys, record.userId, restoredAt) >= max)
        return 'too_many';
      keys.change(record, { revokedAt: null, revokedReason: null, restoredAt }, audit);
      return 'restored';
    },
    async forgetDeadKeys(before) {
      const dead = keys
        .list()
        .filter((record) => Math.min(record.revokedAt ?? before, effectiveExpiry(record)) < before);
      for (const record of dead) keys.remove(record);
      return dead.length;
    },
    async renameClient(id, clientId) {
      const record = keys.find(id);
      if (!record || record.revokedAt !== null || keys.findUnrevoked({ ...record, clientId })) return false;
      keys.change(record, { clientId });
      return true;
    },
    async touchKeys(touches) {
      for (const { id, usedAt, ipAddress, userAgent } of touches) {
        const record = keys.find(id);
        if (!record || (record.lastUsedAt ?? 0) > usedAt) continue;
        keys.change(record, {
          lastUsedAt: usedAt,
          lastUsedIpAddress: ipAddress,
          lastUsedUserAgent: userAgent,
        });
      }
    },
    async saveOneTimePassword(password, now, audit) {
      appendAudit(audit, [password]);
      for (const [hash, { expiresAt }] of passwords) if (expiresAt <= now) passwords.delete(hash);
      passwords.set(password.passwordHash, password);
    },
    async findOneTimePassword(passwordHash, now) {
      const password = passwords.get(passwordHash);
      return password && password.expiresAt > now ? password.userId : null;
    },
    async consumeOneTimePassword(passwordHash, now) {
      const password = passwords.get(passwordHash);
      passwords.delete(passwordHash);
      return password && password.expiresAt > now ? password.userId : null;
    },
    async listSettings() {
      return new Map(settings);
    },
    async saveSettings(values, audit) {
      appendAudit(audit, [...values.keys()]);
      for (const [name, value] of values) settings.set(name, value);
    },
    async saveFirstSetting(name, value) {
      const first = settings.get(name) ?? value;
      settings.set(name, first);
      return first;
    },
    async close() {},
  };
}
