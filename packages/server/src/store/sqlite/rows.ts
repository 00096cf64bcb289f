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
  last_used_at: number | null;
  last_used_address: string | null;
  last_used_agent: string | null;
  revoked_at: number | null;
  revoked_reason: RevocationReason | null;
}

export function keyFromRow(row: KeyRow): KeyRecord {
  return {
    id: row.id,
    keyHash: row.key_hash,
    userId: row.user_id,
    kind: row.kind,
    clientId: row.client_id,
    applicationName: row.application_name,
    scopes: splitScopes(row.scopes),
    isUrlKey: row.is_url_key === 1,
    pushUrl: row.push_url,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    lastUsedAddress: row.last_used_address,
    lastUsedAgent: row.last_used_agent,
    revokedAt: row.revoked_at,
    revokedReason: row.revoked_reason,
  };
}

/** Scope names hold no comma: it is the separator on the wire already. */
export const joinScopes = (scopes: readonly string[]): string => scopes.join(',');
export const splitScopes = (text: string): string[] => text.split(',').filter((name) => name !== '');
