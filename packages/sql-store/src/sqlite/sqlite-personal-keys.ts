import type { DatabaseSync } from 'node:sqlite';
import type { KeyRecord, NewKey, PersonalKeyStore, RotationOutcome } from '@valetkey/server';
import { inTransaction } from './open-database.ts';
import { joinList, keyFromRow, type Row } from './rows.ts';
import { createAuditAppender } from './sqlite-audit.ts';

/** Inserts a key within the open transaction. */
export function createKeyInsert(database: DatabaseSync): (key: NewKey) => KeyRecord {
  const insert = database.prepare(
    `INSERT INTO user_api_keys (key_hash, user_id, kind, client_id, application_name, scopes, is_url_key, push_url, created_at, expires_at, allowed_ip_addresses)
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

/** Whether this user has fewer than `max` active personal keys at a time. Call it within the transaction that inserts. */
export function createLimitCheck(
  database: DatabaseSync,
): (userId: string, now: number, max: number) => boolean {
  const countLive = database.prepare(
    `SELECT count(*) AS count FROM user_api_keys
     WHERE user_id = :user AND kind = 'personal' AND revoked_at IS NULL
       AND (expires_at IS NULL OR expires_at > :now) AND (retires_at IS NULL OR retires_at > :now)`,
  );
  return (userId, now, max) => Number(countLive.get({ user: userId, now })?.count) < max;
}

/** The personal keys in SQLite. */
export function createSqlitePersonalKeys(database: DatabaseSync): PersonalKeyStore {
  const insertKey = createKeyInsert(database);
  const isBelowLimit = createLimitCheck(database);
  const appendAudit = createAuditAppender(database);
  const personalById = database.prepare("SELECT * FROM user_api_keys WHERE id = ? AND kind = 'personal'");
  const retire = database.prepare('UPDATE user_api_keys SET retires_at = ? WHERE id = ? RETURNING *');
  return {
    async createPersonalKey(key, max, audit) {
      return inTransaction(database, () =>
        isBelowLimit(key.userId, key.createdAt, max) ? appendAudit(insertKey(key), audit) : null,
      );
    },
    async rotateKey(id, { keyHash, createdAt, retiresAt }, max, audit) {
      return inTransaction(database, (): RotationOutcome => {
        const row = personalById.get(id);
        if (!row) return { kind: 'not_found' };
        const old = keyFromRow(row);
        if (old.revokedAt !== null) return { kind: 'was_revoked' };
        if (old.retiresAt !== null) return { kind: 'was_rotated' };
        if (retiresAt > createdAt && !isBelowLimit(old.userId, createdAt, max)) return { kind: 'too_many' };
        const retiring = appendAudit(keyFromRow(retire.get(retiresAt, id) as Row), audit);
        return { kind: 'rotated', key: insertKey({ ...old, keyHash, createdAt }), retiring };
      });
    },
  };
}
