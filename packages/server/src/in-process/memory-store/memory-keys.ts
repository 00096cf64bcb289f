import { ValetkeyError } from '@valetkey/protocol';
import type { AuditEventFactory } from '../../core/audit/audit-event.ts';
import type { KeyRecord, NewKey } from '../../core/key/key-record.ts';
import { effectiveExpiry, isActive } from '../../core/key/key-state.ts';
import { isLaterUse } from '../../core/key/last-use.ts';
import type { KeyFilter, KeyStore } from '../../ports/key-store.ts';
import type { MemoryAudit } from './memory-audit.ts';
import { isUnusedSince } from './memory-key-records.ts';
import type { MemoryKeyTable } from './memory-key-table.ts';
import { countActiveKeys } from './memory-personal-keys.ts';

/** `KeyStore.replaceKey` without a promise, for approvals of grants too. */
export function replaceMemoryKey(
  keys: MemoryKeyTable,
  key: NewKey,
  audit?: AuditEventFactory<KeyRecord>,
  max?: number,
) {
  const earlier = keys.listUnrevoked(key.userId).filter((other) => isReplacedBy(key, other));
  if (max !== undefined) {
    const replaced = earlier.filter((other) => isActive(other, key.createdAt)).length;
    const others = countActiveKeys(keys, key, key.createdAt) - replaced;
    if (others >= max) throw new ValetkeyError('too_many_app_keys', { max_keys: max });
  }
  const record = keys.insertNew(key, audit);
  const revoked = { revokedAt: key.createdAt, revokedReason: 'replaced' } as const;
  return { key: record, replaced: earlier.map((other) => keys.change(other, revoked)) };
}

/** Whether the other key has the client id of the new one, approved or sent. */
function isReplacedBy(key: NewKey, other: KeyRecord): boolean {
  if (other.userId !== key.userId || other.kind !== key.kind) return false;
  if (other.revokedAt !== null || other.retiresAt !== null) return false;
  return other.clientId === key.clientId || other.sentClientId === key.clientId;
}

/** Whether a key has the properties that a filter names. */
export function matchesFilter(key: KeyRecord, filter: Omit<KeyFilter, 'activeAt'>): boolean {
  const { userId, kind, clientId, name, redirect, scope, unusedSince, expiresBefore } = filter;
  const is = (wanted: string | null | undefined, actual: string) => (wanted ?? actual) === actual;
  return (
    is(userId, key.userId) &&
    is(kind, key.kind) &&
    is(clientId, key.clientId) &&
    key.applicationName.toLowerCase().includes((name ?? '').toLowerCase()) &&
    (redirect == null || (key.authRedirect ?? '').toLowerCase().includes(redirect.toLowerCase())) &&
    (scope == null || key.scopes.includes(scope)) &&
    (unusedSince == null || isUnusedSince(key, unusedSince)) &&
    (expiresBefore == null || (key.expiresAt ?? expiresBefore) < expiresBefore)
  );
}

/** The user keys in memory. No method awaits, so each is atomic. */
export function createMemoryKeys(
  keys: MemoryKeyTable,
  { appendAudit }: Pick<MemoryAudit, 'appendAudit'>,
): KeyStore {
  return {
    async replaceKey(key, audit, max) {
      return replaceMemoryKey(keys, key, audit, max);
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
    async listKeys(userId, { revokedSince = 0, ...page } = {}) {
      const isRecent = (revokedAt: number) => revokedSince !== null && revokedAt >= revokedSince;
      return keys.listPage(
        page,
        (key) => key.userId === userId && (key.revokedAt === null || isRecent(key.revokedAt)),
      );
    },
    async findKeys({ activeAt, beforeId = null, limit = 100, ...filter }) {
      return keys.listPage(
        { beforeId, limit },
        (key) => isActive(key, activeAt) && matchesFilter(key, filter),
      );
    },
    async renameKey(id, applicationName, audit) {
      const key = keys.find(id);
      return key && key.revokedAt === null ? keys.change(key, { applicationName }, audit) : null;
    },
    async revokeKey(id, revokedAt, audit, reason = 'revoked') {
      const key = keys.find(id);
      const isSecond = reason === 'revoked_by_admin' && key?.revokedReason === 'revoked';
      if (!key || (key.revokedAt !== null && !isSecond)) return null;
      return keys.change(key, { revokedAt, revokedReason: reason }, audit);
    },
    async revokeStaleKeys({ unusedSince, approvedBefore, revokedAt, ...range }, audit) {
      const { batch, lastId } = keys.nextBatch(range);
      const revoked = batch.flatMap((key): KeyRecord[] => {
        if (key.revokedAt !== null || (key.retiresAt ?? revokedAt + 1) <= revokedAt) return [];
        const isUnused = unusedSince !== null && isUnusedSince(key, unusedSince);
        const isTooOld = approvedBefore !== null && key.createdAt < approvedBefore;
        if (!isUnused && !isTooOld) return [];
        return [{ ...key, revokedAt, revokedReason: isTooOld ? 'too_old' : 'unused' }];
      });
      appendAudit(audit, revoked);
      return { revoked: revoked.map((key) => keys.change(key, {})), lastId };
    },
    async undoRevokeKey(id, { restoredAt, max, reason = null }, audit) {
      const key = keys.find(id);
      if (!key) return 'not_found';
      if (key.revokedAt === null || (reason ?? key.revokedReason) !== key.revokedReason) return 'not_revoked';
      if (key.revokedReason === 'replaced' || key.retiresAt !== null || keys.findUnrevoked(key))
        return 'was_replaced';
      if (key.kind !== 'feed' && countActiveKeys(keys, key, restoredAt) >= max) return 'too_many';
      keys.change(key, { revokedAt: null, revokedReason: null, restoredAt }, audit);
      return 'restored';
    },
    async deleteExpiredKeys({ before, ...range }) {
      const { batch, lastId } = keys.nextBatch(range);
      const expired = batch.filter((key) => Math.min(key.revokedAt ?? before, effectiveExpiry(key)) < before);
      for (const key of expired) keys.remove(key);
      return { deleted: expired.length, lastId };
    },
    async saveSentClientId(id, sentClientId, audit) {
      const key = keys.find(id);
      if (!key || key.revokedAt !== null || key.sentClientId === sentClientId) return null;
      return keys.change(key, { sentClientId }, audit);
    },
    async recordKeysUsed(uses) {
      for (const { id, usedAt, ipAddress, userAgent } of uses) {
        const key = keys.find(id);
        if (!key || !isLaterUse(usedAt, key.lastUsedAt)) continue;
        keys.change(key, {
          lastUsedAt: usedAt,
          lastUsedIpAddress: ipAddress,
          lastUsedUserAgent: userAgent,
        });
      }
    },
  };
}
