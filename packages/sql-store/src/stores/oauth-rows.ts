import type { AuthorizationCode, KeyRecord, OauthGrant, StoredOauthClient } from '@valetkey/server';
import type { Row } from '../database/statement.ts';
import { numberOrNull, splitList, textOrNull } from './rows.ts';

export function grantFromRow(row: Row): OauthGrant {
  return {
    id: Number(row.id),
    userId: String(row.user_id),
    clientId: String(row.client_id),
    clientName: String(row.client_name),
    scopes: splitList(String(row.scopes)),
    resources: splitList(String(row.resources)),
    authRedirect: textOrNull(row.auth_redirect),
    createdAt: Number(row.created_at),
    expiresAt: numberOrNull(row.expires_at),
    lastUsedAt: numberOrNull(row.last_used_at),
    lastUsedIpAddress: textOrNull(row.last_used_ip_address),
    lastUsedUserAgent: textOrNull(row.last_used_user_agent),
    revokedAt: numberOrNull(row.revoked_at),
    revokedReason: textOrNull(row.revoked_reason) as OauthGrant['revokedReason'],
  };
}

/** Returns a token as a key, from the columns of its grant and its own, which begin with `token_`. */
export function tokenFromRow(row: Row): KeyRecord {
  const { clientName, ...grant } = grantFromRow(row);
  const revokedAlone = grant.revokedAt === null ? numberOrNull(row.token_revoked_at) : null;
  return {
    ...grant,
    keyHash: String(row.token_hash),
    kind: 'oauth',
    sentClientId: null,
    applicationName: clientName,
    scopes: splitList(String(row.token_scopes)),
    isUrlKey: false,
    resources: splitList(String(row.token_resources)),
    pushUrl: null,
    createdAt: Number(row.token_created_at),
    expiresAt: Number(row.token_expires_at),
    retiresAt: null,
    allowedIpAddresses: null,
    revokedAt: grant.revokedAt ?? revokedAlone,
    revokedReason: revokedAlone === null ? grant.revokedReason : 'revoked',
    restoredAt: null,
  };
}

export function codeFromRow(row: Row): AuthorizationCode {
  return {
    codeHash: String(row.code_hash),
    clientId: String(row.client_id),
    userId: String(row.user_id),
    request: textOrNull(row.request),
    expiresAt: Number(row.expires_at),
    usedAt: numberOrNull(row.used_at),
    grantId: numberOrNull(row.grant_id),
  };
}

export function oauthClientFromRow(row: Row): StoredOauthClient {
  return {
    clientId: String(row.client_id),
    kind: row.kind as StoredOauthClient['kind'],
    name: String(row.name),
    redirectUris: JSON.parse(String(row.redirect_uris)),
    postLogoutRedirectUris: JSON.parse(String(row.post_logout_redirect_uris)),
    secretHash: textOrNull(row.secret_hash),
    requiresPkce: row.requires_pkce === 1,
    createdAt: Number(row.created_at),
    createdBy: textOrNull(row.created_by),
    createdFrom: String(row.created_from),
    blockedAt: numberOrNull(row.blocked_at),
  };
}
