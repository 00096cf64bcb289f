import type { KeyKind, KeyRecord, RevocationReason } from '../store.ts';

/** A row of `user_api_keys`, as SQLite hands it over. */
export interface KeyRow {
  id: number;
  key_hash: string;
  user_id: string;
  kind: KeyKind;
  client_id: string;
  application_name: string;
  scopes: string;
  is_url_key: number;
  push_url: string | null;
  created_at: number;
  expires_at: number | null;
  retires_at: number | null;
  allowed_addresses: string | null;
  last_used_at: number | null;
  last_used_address: string | null;
  last_used_agent: string | null;
  revoked_at: number | null;
  revoked_reason: RevocationReason | null;
  restored_at: number | null;
}

export function keyFromRow(row: KeyRow): KeyRecord {
  return {
    id: row.id,
    keyHash: row.key_hash,
    userId: row.user_id,
    kind: row.kind,
    clientId: row.client_id,
    applicationName: row.application_name,
    scopes: splitList(row.scopes),
    isUrlKey: row.is_url_key === 1,
    pushUrl: row.push_url,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    retiresAt: row.retires_at,
    allowedAddresses: row.allowed_addresses === null ? null : splitList(row.allowed_addresses),
    lastUsedAt: row.last_used_at,
    lastUsedAddress: row.last_used_address,
    lastUsedAgent: row.last_used_agent,
    revokedAt: row.revoked_at,
    revokedReason: row.revoked_reason,
    restoredAt: row.restored_at,
  };
}

/** Neither scope names nor addresses hold a comma: it is the separator on the wire already. */
export const joinList = (names: readonly string[]): string => names.join(',');
export const splitList = (text: string): string[] => text.split(',').filter((name) => name !== '');
