import type { AuditEventFactory, KeyRecord, NewKey } from '@valetkey/server';
import { lockFor } from '../database/lock-for.ts';
import { statement, type Work } from '../database/statement.ts';
import { appendAudit } from './audit.ts';
import { joinList, keyFromRow } from './rows.ts';

/** Part of a WHERE: true for keys that occupy the slot of their user, kind and client. */
export const HAS_SLOT = 'revoked_at IS NULL AND retires_at IS NULL';

const insert = statement(
  `INSERT INTO valetkey.user_api_keys
     (key_hash, user_id, kind, client_id, application_name, scopes, is_url_key, push_url, created_at, expires_at, allowed_ip_addresses)
   VALUES (:keyHash, :userId, :kind, :clientId, :applicationName, :scopes, :isUrlKey, :pushUrl, :createdAt, :expiresAt, :allowedIpAddresses)
   RETURNING *`,
);
const replace = statement(
  `UPDATE valetkey.user_api_keys SET revoked_at = :createdAt, revoked_reason = 'replaced'
   WHERE user_id = :userId AND kind = :kind AND (client_id = :clientId OR sent_client_id = :clientId)
     AND ${HAS_SLOT} RETURNING *`,
);

/** Inserts a key. */
export function* insertKey(key: NewKey): Work<KeyRecord> {
  const { keyHash, userId, kind, clientId, applicationName, pushUrl, createdAt, expiresAt } = key;
  const [row = {}] = yield insert({
    keyHash,
    userId,
    kind,
    clientId,
    applicationName,
    scopes: joinList(key.scopes),
    isUrlKey: key.isUrlKey ? 1 : 0,
    pushUrl,
    createdAt,
    expiresAt,
    allowedIpAddresses: key.allowedIpAddresses ? joinList(key.allowedIpAddresses) : null,
  });
  return keyFromRow(row);
}

/** `KeyStore.replaceKey` within a transaction. */
export function* replaceKey(
  key: NewKey,
  audit: AuditEventFactory<KeyRecord> | undefined,
): Work<{ key: KeyRecord; replaced: readonly KeyRecord[] }> {
  const { createdAt, userId, kind, clientId } = key;
  yield lockFor('user', userId);
  const replaced = yield replace({ createdAt, userId, kind, clientId });
  const inserted = yield* insertKey(key);
  return { key: yield* appendAudit(inserted, audit), replaced: replaced.map(keyFromRow) };
}
