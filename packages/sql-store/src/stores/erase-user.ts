import type { AuditEventFactory } from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { statement, type Work } from '../database/statement.ts';
import { appendAudit } from './audit.ts';
import { recordChanges } from './changes.ts';

/** Deletes what is stored about users. */
export interface UserErasure {
  /**
   * Deletes the keys, grants, one-time passwords and queued pushes of a user in one transaction. Audit events of and about the user
   * stay, with `erased` in place of the id and without IP address. Returns the number of deleted keys.
   *
   * @param audit gets that number
   */
  eraseUser(userId: string, audit?: AuditEventFactory<number>): Promise<number>;
}

const deleteKeyUses = ['user_api_key_uses', 'user_api_key_networks'].map((table) =>
  statement(
    `DELETE FROM valetkey.${table} WHERE key_id IN (SELECT id FROM valetkey.user_api_keys WHERE user_id = :userId)
       OR key_id IN (SELECT -id FROM valetkey.oauth_grants WHERE user_id = :userId)`,
  ),
);
const deleteKeys = statement('DELETE FROM valetkey.user_api_keys WHERE user_id = :userId RETURNING key_hash');
const deleteTokens = statement(
  `DELETE FROM valetkey.oauth_access_tokens
   WHERE grant_id IN (SELECT id FROM valetkey.oauth_grants WHERE user_id = :userId) RETURNING token_hash AS key_hash`,
);
const deleteAdminKeys = statement(
  'DELETE FROM valetkey.admin_api_keys WHERE user_id = :userId RETURNING key_hash',
);
const deleteOthers = [
  // Refresh tokens are deleted with their grant.
  statement('DELETE FROM valetkey.oauth_grants WHERE user_id = :userId'),
  statement('DELETE FROM valetkey.oauth_codes WHERE user_id = :userId'),
  statement('DELETE FROM valetkey.device_grants WHERE user_id = :userId'),
  statement('DELETE FROM valetkey.one_time_passwords WHERE user_id = :userId'),
  statement('DELETE FROM valetkey.queued_pushes WHERE user_id = :userId'),
  statement(`UPDATE valetkey.audit_events SET actor_id = 'erased', ip_address = '' WHERE actor_id = :userId`),
  // An event without an actor was caused by an app of the user, often from the IP address of the user.
  statement(`UPDATE valetkey.audit_events SET ip_address = '' WHERE owner_id = :userId AND actor_id IS NULL`),
  statement(`UPDATE valetkey.audit_events SET owner_id = 'erased' WHERE owner_id = :userId`),
];

/** The erasure of users. */
export function createUserErasure(database: Database): UserErasure {
  return {
    eraseUser: (userId, audit) =>
      database.transaction(function* () {
        for (const change of deleteKeyUses) yield change({ userId });
        const userKeys = yield* deleteHashes(deleteKeys, userId);
        const tokens = yield* deleteHashes(deleteTokens, userId);
        const adminKeys = yield* deleteHashes(deleteAdminKeys, userId);
        for (const change of deleteOthers) yield change({ userId });
        const count = userKeys.length + adminKeys.length;
        yield* appendAudit<number>(count, audit);
        yield* recordChanges('key', [...userKeys, ...tokens]);
        yield* recordChanges('admin_key', adminKeys);
        return count;
      }),
  };
}

function* deleteHashes(remove: ReturnType<typeof statement>, userId: string): Work<string[]> {
  const rows = yield remove({ userId });
  return rows.map(({ key_hash }) => String(key_hash));
}
