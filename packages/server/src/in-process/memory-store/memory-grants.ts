import type { AuditEventFactory } from '../../core/audit/audit-event.ts';
import type { KeyRecord, NewKey } from '../../core/key/key-record.ts';
import type { DeviceGrant, GrantSecret, GrantStore } from '../../ports/grant-store.ts';
import type { MemoryAudit } from './memory-audit.ts';
import type { MemoryOauthGrants } from './memory-oauth-grants.ts';

const FIELDS = {
  deviceCode: 'deviceCodeHash',
  userCode: 'userCodeHash',
  requestToken: 'requestTokenHash',
  approvalToken: 'approvalTokenHash',
} as const satisfies Record<GrantSecret, keyof DeviceGrant>;

/**
 * The device grants in memory. No method awaits, so each is atomic.
 *
 * @param replaceKey `Store.replaceKey` without a promise
 * @param insertOauthGrant stores an OAuth grant without tokens
 */
export function createMemoryGrants(
  replaceKey: (
    key: NewKey,
    audit?: AuditEventFactory<KeyRecord>,
    max?: number,
  ) => { key: KeyRecord; replaced: readonly KeyRecord[] },
  insertOauthGrant: MemoryOauthGrants['insert'],
  { appendAudit }: Pick<MemoryAudit, 'appendAudit'>,
): GrantStore {
  const grants = new Map<string, DeviceGrant>();

  const find = (by: GrantSecret, hash: string, now: number): DeviceGrant | null =>
    [...grants.values()].find((grant) => grant[FIELDS[by]] === hash && grant.expiresAt > now) ?? null;
  const findPending = (by: GrantSecret, hash: string, now: number): DeviceGrant | null => {
    const grant = find(by, hash, now);
    return grant?.state === 'pending' ? grant : null;
  };
  const change = (grant: DeviceGrant, changes: Partial<DeviceGrant>) =>
    grants.set(grant.deviceCodeHash, { ...grant, ...changes });
  const approve = (grant: DeviceGrant, answer: string, answerUntil: number) => {
    const expiresAt = Math.max(grant.expiresAt, answerUntil);
    change(grant, { state: 'approved', request: null, answer, answerUntil, expiresAt });
  };
  const withoutLateAnswer = (grant: DeviceGrant, now: number): DeviceGrant =>
    (grant.answerUntil ?? now) > now ? grant : { ...grant, answer: null };

  function sweep(now: number): void {
    for (const grant of grants.values()) {
      if (grant.expiresAt <= now) grants.delete(grant.deviceCodeHash);
      else change(grant, withoutLateAnswer(grant, now));
    }
  }

  return {
    async saveGrant(grant) {
      sweep(grant.createdAt);
      for (const by of ['deviceCode', 'userCode', 'requestToken'] as const) {
        if (find(by, grant[FIELDS[by]], grant.createdAt)) throw new Error('A code of this grant is in use.');
      }
      const undecided = { answer: null, answerUntil: null, userId: null, approvalTokenHash: null };
      grants.set(grant.deviceCodeHash, { ...grant, ...undecided, state: 'pending' });
    },
    async findGrant(by, hash, now) {
      const grant = find(by, hash, now);
      return grant && withoutLateAnswer(grant, now);
    },
    async bindGrant({ deviceCodeHash, userId, approvalTokenHash }, now) {
      const grant = findPending('deviceCode', deviceCodeHash, now);
      if (!grant || (grant.userId !== null && grant.userId !== userId)) return false;
      change(grant, { userId, approvalTokenHash });
      return true;
    },
    async approveGrant({ approvalTokenHash, answer, answerUntil, max }, key, now, audit) {
      const grant = findPending('approvalToken', approvalTokenHash, now);
      if (!grant || grant.userId !== key.userId) return null;
      // First, because it can fail; nothing has changed then.
      const outcome = replaceKey(key, audit, max);
      approve(grant, answer, answerUntil);
      return outcome;
    },
    async approveGrantForOauth({ approvalTokenHash, answer, answerUntil }, newGrant, audit) {
      const grant = findPending('approvalToken', approvalTokenHash, newGrant.createdAt);
      if (!grant || grant.userId !== newGrant.userId) return null;
      const oauthGrant = insertOauthGrant(newGrant, audit);
      approve(grant, answer(oauthGrant), answerUntil);
      return oauthGrant;
    },
    async shortenAnswer(deviceCodeHash, until) {
      const grant = grants.get(deviceCodeHash);
      if (grant?.answerUntil && until < grant.answerUntil) change(grant, { answerUntil: until });
    },
    async denyGrant(approvalTokenHash, now, audit) {
      const grant = findPending('approvalToken', approvalTokenHash, now);
      if (!grant) return false;
      appendAudit(audit, [undefined]);
      change(grant, { state: 'denied', request: null });
      return true;
    },
    async deleteExpiredGrants(now) {
      sweep(now);
    },
  };
}
