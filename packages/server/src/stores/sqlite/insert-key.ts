import type { DatabaseSync } from 'node:sqlite';
import type { KeyRecord, NewKey } from '../../core/key/key-record.ts';
import { joinList, keyFromRow, type Row } from './rows.ts';

/** How a key becomes a row, once for whoever stores one. */
export function createKeyInsert(database: DatabaseSync): (key: NewKey) => KeyRecord {
  const insert = database.prepare(
    `INSERT INTO user_api_keys (key_hash, user_id, kind, client_id, application_name, scopes, is_url_key, push_url, created_at, expires_at, allowed_addresses)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *`,
  );
  return (key) => {
    const row = insert.get(
      key.keyHash,
      key.userId,
      key.kind,
      key.clientId,
      key.applicationName,
      joinList(key.scopes),
      key.isUrlKey ? 1 : 0,
      key.pushUrl,
      key.createdAt,
      key.expiresAt,
      key.allowedIpAddresses ? joinList(key.allowedIpAddresses) : null,
    );
    return keyFromRow(row as Row);
  };
}
