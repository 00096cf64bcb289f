import type { AuditEventFactory } from '../../core/audit/audit-event.ts';
import { decideRefresh } from '../../core/key/decide-refresh.ts';
import type { RevocationReason } from '../../core/key/key-record.ts';
import { isActive } from '../../core/key/key-state.ts';
import { isLaterUse } from '../../core/key/last-use.ts';
import type {
  AuthorizationCode,
  NewOauthGrant,
  NewOauthTokens,
  OauthGrant,
  OauthGrantStore,
  RefreshToken,
  RevokedGrant,
} from '../../ports/oauth-grant-store.ts';
import type { MemoryAudit } from './memory-audit.ts';
import { isUnusedSince } from './memory-key-records.ts';
import { createMemoryOauthTokens } from './memory-oauth-tokens.ts';

/** The OAuth grants of the store in memory, and what clients need to know about them. */
export interface MemoryOauthGrants {
  readonly store: OauthGrantStore;
  list(): OauthGrant[];
  /** Stores a grant without tokens. */
  insert(grant: NewOauthGrant, audit?: AuditEventFactory<OauthGrant>): OauthGrant;
}

/** The OAuth grants and codes in memory. No method awaits, so each is atomic. */
export function createMemoryOauthGrants({
  appendAudit,
}: Pick<MemoryAudit, 'appendAudit'>): MemoryOauthGrants {
  const codes = new Map<string, AuthorizationCode>();
  const grants = new Map<number, OauthGrant>();
  const tokens = createMemoryOauthTokens();
  let lastId = 0;
  const list = () => [...grants.values()];

  const findUsableCode = (codeHash: string, now: number): AuthorizationCode | null => {
    const code = codes.get(codeHash);
    return code && code.usedAt === null && code.expiresAt > now ? code : null;
  };
  const findRefreshToken = (hash: string): RefreshToken | null => {
    const token = tokens.findRefresh(hash);
    const grant = token && grants.get(token.grantId);
    return grant ? { grant, usedAt: token.usedAt } : null;
  };
  const useCode = (code: AuthorizationCode, usedAt: number, grantId: number | null) =>
    codes.set(code.codeHash, { ...code, request: null, usedAt, grantId });

  function insert(
    grant: NewOauthGrant,
    audit?: AuditEventFactory<OauthGrant>,
    first?: NewOauthTokens,
  ): OauthGrant {
    const unused = { lastUsedAt: null, lastUsedIpAddress: null, lastUsedUserAgent: null };
    const record = {
      authRedirect: null,
      ...grant,
      ...unused,
      id: lastId + 1,
      revokedAt: null,
      revokedReason: null,
    };
    appendAudit(audit, [record]);
    if (first) tokens.add(record.id, first);
    lastId = record.id;
    grants.set(record.id, record);
    return record;
  }

  function revoke(
    grant: OauthGrant,
    { revokedAt, reason }: { revokedAt: number; reason: RevocationReason },
    audit?: AuditEventFactory<OauthGrant>,
  ): RevokedGrant {
    const revoked = { ...grant, revokedAt, revokedReason: reason };
    appendAudit(audit, [revoked]);
    grants.set(grant.id, revoked);
    return { grant: revoked, accessTokenHashes: tokens.hashesOf(grant.id, revokedAt) };
  }

  const store: OauthGrantStore = {
    async saveAuthorizationCode(code, audit) {
      if (codes.has(code.codeHash))
        throw new Error('An authorization code with this hash is stored already.');
      appendAudit(audit, [undefined]);
      codes.set(code.codeHash, { ...code, usedAt: null, grantId: null });
    },
    findAuthorizationCode: async (codeHash) => codes.get(codeHash) ?? null,
    async redeemAuthorizationCode(codeHash, grant, first) {
      const code = findUsableCode(codeHash, first.createdAt);
      if (!code) return null;
      const record = insert(grant, undefined, first);
      useCode(code, first.createdAt, record.id);
      return record;
    },
    async consumeAuthorizationCode(codeHash, now) {
      const code = findUsableCode(codeHash, now);
      if (code) useCode(code, now, null);
      return code !== null;
    },
    createOauthGrant: async (grant, first, audit) => insert(grant, audit, first),
    async findOauthToken(hash) {
      const token = tokens.findAccess(hash);
      const grant = token && grants.get(token.grantId);
      return grant ? tokens.toKeyRecord(token, grant) : null;
    },
    findRefreshToken: async (hash) => findRefreshToken(hash),
    async refreshOauthTokens(hash, next, graceMs, audit) {
      const now = next.createdAt;
      const decision = decideRefresh(findRefreshToken(hash), now, graceMs);
      if (decision.kind === 'refuse') return { kind: 'invalid' };
      const { grant } = decision;
      if (decision.kind === 'revoke_grant')
        return { kind: 'replayed', ...revoke(grant, { revokedAt: now, reason: 'replayed' }, audit) };
      tokens.add(grant.id, next);
      tokens.markUsed(hash, now);
      return { kind: 'refreshed', grant };
    },
    async addOauthTokens(grantId, next) {
      const grant = grants.get(grantId);
      if (!grant || !isActive(grant, next.createdAt)) return null;
      tokens.add(grantId, next);
      return grant;
    },
    revokeOauthToken: async (hash, revokedAt) => tokens.revokeAccess(hash, revokedAt),
    findOauthGrant: async (id) => grants.get(id) ?? null,
    async listOauthGrants(userId, now, { beforeId = null, limit = 100 } = {}) {
      const found = list().filter(
        (grant) =>
          grant.userId === userId && isActive(grant, now) && (beforeId === null || grant.id < beforeId),
      );
      return found.reverse().slice(0, limit);
    },
    async revokeOauthGrant(id, revoking, audit) {
      const grant = grants.get(id);
      return grant && grant.revokedAt === null ? revoke(grant, revoking, audit) : null;
    },
    async revokeOauthGrantsOfClient(clientId, revoking, audit) {
      const live = list().filter((grant) => grant.clientId === clientId && grant.revokedAt === null);
      return live.map((grant) => revoke(grant, revoking, audit));
    },
    async revokeStaleOauthGrants({ unusedSince, approvedBefore, revokedAt, afterId, limit }, audit) {
      const batch = list()
        .filter(({ id }) => id > afterId)
        .slice(0, limit);
      const revoked = batch.flatMap((grant) => {
        if (grant.revokedAt !== null) return [];
        const isTooOld = approvedBefore !== null && grant.createdAt < approvedBefore;
        const isUnused = unusedSince !== null && isUnusedSince({ ...grant, restoredAt: null }, unusedSince);
        if (!isTooOld && !isUnused) return [];
        return [revoke(grant, { revokedAt, reason: isTooOld ? 'too_old' : 'unused' }, audit)];
      });
      return { revoked, lastId: batch.length < limit ? null : (batch.at(-1)?.id ?? null) };
    },
    async recordOauthGrantsUsed(uses) {
      for (const { id, usedAt, ipAddress, userAgent } of uses) {
        const grant = grants.get(id);
        if (!grant || !isLaterUse(usedAt, grant.lastUsedAt)) continue;
        const used = { lastUsedAt: usedAt, lastUsedIpAddress: ipAddress, lastUsedUserAgent: userAgent };
        grants.set(id, { ...grant, ...used });
      }
    },
    async deleteExpiredCodes(before) {
      for (const { codeHash, expiresAt } of codes.values()) if (expiresAt < before) codes.delete(codeHash);
    },
    async deleteExpiredOauth(before) {
      for (const { id, revokedAt, expiresAt } of list()) {
        const endedAt = Math.min(revokedAt ?? Infinity, expiresAt ?? Infinity);
        if (endedAt < before.grants) grants.delete(id);
      }
      tokens.deleteExpired(before, (grantId) => grants.has(grantId));
    },
  };
  return { store, list, insert };
}
