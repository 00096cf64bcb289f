import type { KeyRecord } from '../../core/key/key-record.ts';
import type { NewOauthTokens, OauthGrant, OauthGrantStore } from '../../ports/oauth-grant-store.ts';

interface AccessToken extends Pick<NewOauthTokens, 'scopes' | 'resources' | 'createdAt' | 'expiresAt'> {
  readonly accessTokenHash: string;
  readonly grantId: number;
  readonly revokedAt: number | null;
}

/** The tokens of grants in memory. */
export function createMemoryOauthTokens() {
  const access = new Map<string, AccessToken>();
  const refresh = new Map<string, { readonly grantId: number; readonly usedAt: number | null }>();

  return {
    findAccess: (hash: string) => access.get(hash) ?? null,
    findRefresh: (hash: string) => refresh.get(hash) ?? null,
    add(grantId: number, { accessTokenHash, refreshTokenHash, ...token }: NewOauthTokens): void {
      if (access.has(accessTokenHash) || refresh.has(refreshTokenHash))
        throw new Error('A token with this hash is stored already.');
      access.set(accessTokenHash, { ...token, accessTokenHash, grantId, revokedAt: null });
      refresh.set(refreshTokenHash, { grantId, usedAt: null });
    },
    /** Keeps the time of the first use. */
    markUsed(hash: string, usedAt: number): void {
      const token = refresh.get(hash);
      if (token?.usedAt === null) refresh.set(hash, { ...token, usedAt });
    },
    revokeAccess(hash: string, revokedAt: number): boolean {
      const token = access.get(hash);
      if (token?.revokedAt !== null) return false;
      access.set(hash, { ...token, revokedAt });
      return true;
    },
    hashesOf(grantId: number, now: number): string[] {
      const live = [...access.values()].filter((token) => token.grantId === grantId && token.expiresAt > now);
      return live.map(({ accessTokenHash }) => accessTokenHash);
    },
    toKeyRecord(token: AccessToken, grant: OauthGrant): KeyRecord {
      const isRevokedAlone = token.revokedAt !== null && grant.revokedAt === null;
      return {
        id: grant.id,
        keyHash: token.accessTokenHash,
        userId: grant.userId,
        kind: 'oauth',
        clientId: grant.clientId,
        sentClientId: null,
        applicationName: grant.clientName,
        scopes: token.scopes,
        isUrlKey: false,
        resources: token.resources,
        pushUrl: null,
        authRedirect: grant.authRedirect,
        createdAt: token.createdAt,
        expiresAt: token.expiresAt,
        retiresAt: null,
        allowedIpAddresses: null,
        lastUsedAt: grant.lastUsedAt,
        lastUsedIpAddress: grant.lastUsedIpAddress,
        lastUsedUserAgent: grant.lastUsedUserAgent,
        revokedAt: grant.revokedAt ?? token.revokedAt,
        revokedReason: isRevokedAlone ? 'revoked' : grant.revokedReason,
        restoredAt: null,
      };
    },
    deleteExpired(
      before: Parameters<OauthGrantStore['deleteExpiredOauth']>[0],
      hasGrant: (grantId: number) => boolean,
    ): void {
      for (const [hash, { grantId, expiresAt }] of access)
        if (expiresAt < before.accessTokens || !hasGrant(grantId)) access.delete(hash);
      for (const [hash, { grantId, usedAt }] of refresh)
        if ((usedAt ?? before.refreshTokens) < before.refreshTokens || !hasGrant(grantId))
          refresh.delete(hash);
    },
  };
}
