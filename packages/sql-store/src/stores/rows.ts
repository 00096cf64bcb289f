import type { KeyKind, KeyRecord, RevocationReason } from '@valetkey/server';
import type { Row, Value } from '../database/statement.ts';

/** A column that has a value. */
type Column = Value | undefined;

export const textOrNull = (value: Column): string | null => (value === null ? null : String(value));
export const numberOrNull = (value: Column): number | null => (value === null ? null : Number(value));

export function keyFromRow(row: Row): KeyRecord {
  return {
    id: Number(row.id),
    keyHash: String(row.key_hash),
    userId: String(row.user_id),
    kind: row.kind as KeyKind,
    clientId: String(row.client_id),
    sentClientId: textOrNull(row.sent_client_id),
    applicationName: String(row.application_name),
    scopes: splitList(String(row.scopes)),
    isUrlKey: row.is_url_key === 1,
    pushUrl: textOrNull(row.push_url),
    authRedirect: textOrNull(row.auth_redirect),
    createdAt: Number(row.created_at),
    expiresAt: numberOrNull(row.expires_at),
    retiresAt: numberOrNull(row.retires_at),
    allowedIpAddresses:
      row.allowed_ip_addresses === null ? null : splitList(String(row.allowed_ip_addresses)),
    ...(row.resources != null && { resources: splitList(String(row.resources)) }),
    lastUsedAt: numberOrNull(row.last_used_at),
    lastUsedIpAddress: textOrNull(row.last_used_ip_address),
    lastUsedUserAgent: textOrNull(row.last_used_user_agent),
    revokedAt: numberOrNull(row.revoked_at),
    revokedReason: row.revoked_reason as RevocationReason | null,
    restoredAt: numberOrNull(row.restored_at),
  };
}

/** Returns the LIKE pattern of texts that contain a part. Its own wildcards are characters; the escape character is `!`. */
export const matchPart = (part: string): string => `%${part.replaceAll(/[!%_]/g, '!$&')}%`;

/** Returns the LIKE pattern of lists with this scope, between commas; null or undefined for all. */
export const matchScope = (scope: string | null | undefined): string =>
  scope == null ? '%' : matchPart(`,${scope},`);

/** Neither scope names nor IP addresses contain a comma. */
export const joinList = (names: readonly string[]): string => names.join(',');
export const splitList = (text: string): string[] => text.split(',').filter((name) => name !== '');
