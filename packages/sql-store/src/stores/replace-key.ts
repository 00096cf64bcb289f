import { ValetkeyError } from '@valetkey/protocol';
import type { AuditEventFactory, KeyRecord, NewKey } from '@valetkey/server';
import { lockFor } from '../database/lock-for.ts';
import { statement, type Work } from '../database/statement.ts';
import { appendAudit } from './audit.ts';
import { recordChanges } from './changes.ts';
import { joinList, keyFromRow } from './rows.ts';

/** Part of a WHERE: true for keys that occupy the slot of their user, kind and client. */
export const HAS_SLOT = 'revoked_at IS NULL AND retires_at IS NULL';

const insert = statement(
  `INSERT INTO valetkey.user_api_keys
     (key_hash, user_id, kind, client_id, application_name, scopes, is_url_key, push_url, auth_redirect, created_at, expires_at, allowed_ip_addresses, resources)
   VALUES (:keyHash, :userId, :kind, :clientId, :applicationName, :scopes, :isUrlKey, :pushUrl, :authRedirect, :createdAt, :expiresAt, :allowedIpAddresses, :resources)
   RETURNING *`,
);
const replace = statement(
  `UPDATE valetkey.user_api_keys SET revoked_at = :createdAt, revoked_reason = 'replaced'
   WHERE user_id = :userId AND kind = :kind AND (client_id = :clientId OR sent_client_id = :clientId)
     AND ${HAS_SLOT} RETURNING *`,
);
const countActive = statement(
  `SELECT count(*) AS count FROM valetkey.user_api_keys
   WHERE user_id = :userId AND kind = :kind AND revoked_at IS NULL
     AND (expires_at IS NULL OR expires_at > :now) AND (retires_at IS NULL OR retires_at > :now)`,
);

/** Whether this user has fewer than `max` active keys of this kind at a time. Needs the lock of the user. */
export function* isBelowLimit(
  { userId, kind }: Pick<KeyRecord, 'userId' | 'kind'>,
  now: number,
  max: number,
): Work<boolean> {
  const [counted] = yield countActive({ userId, kind, now });
  return Number(counted?.count) < max;
}

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
    authRedirect: key.authRedirect ?? null,
    createdAt,
    expiresAt,
    allowedIpAddresses: key.allowedIpAddresses ? joinList(key.allowedIpAddresses) : null,
    resources: key.resources ? joinList(key.resources) : null,
  });
  return keyFromRow(row);
}

/** `KeyStore.replaceKey` within a transaction. */
export function* replaceKey(
  key: NewKey,
  audit: AuditEventFactory<KeyRecord> | undefined,
  max: number | undefined,
): Work<{ key: KeyRecord; replaced: readonly KeyRecord[] }> {
  const { createdAt, userId, kind, clientId } = key;
  yield lockFor('user', userId);
  const replaced = (yield replace({ createdAt, userId, kind, clientId })).map(keyFromRow);
  // An error undoes the transaction.
  if (max !== undefined && !(yield* isBelowLimit(key, createdAt, max))) {
    throw new ValetkeyError('too_many_app_keys', { max_keys: max });
  }
  const inserted = yield* appendAudit(yield* insertKey(key), audit);
  yield* recordChanges(
    'key',
    replaced.map(({ keyHash }) => keyHash),
  );
  return { key: inserted, replaced };
}
