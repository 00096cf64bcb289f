import type { DatabaseSync } from 'node:sqlite';
import type { DeviceGrant, GrantSecret, GrantState, GrantStore } from '@valetkey/server';
import { inTransaction } from './open-database.ts';
import { numberOrNull, type Row, textOrNull } from './rows.ts';
import { createAuditAppender } from './sqlite-audit.ts';
import type { ReplaceKey } from './sqlite-keys.ts';

/** The device grants in SQLite. Each transition is one UPDATE whose WHERE is the comparison. */
export function createSqliteGrants(database: DatabaseSync, replaceKey: ReplaceKey): GrantStore {
  const sql = (text: string) => database.prepare(text);
  const appendAudit = createAuditAppender(database);

  const insert = sql(
    `INSERT INTO device_grants
       (device_code_hash, user_code_hash, request_token_hash, client_id, state, request, created_at, created_from, expires_at)
     VALUES (:deviceCodeHash, :userCodeHash, :requestTokenHash, :clientId, 'pending', :request, :createdAt, :createdFrom, :expiresAt)`,
  );
  const find: Readonly<Record<GrantSecret, ReturnType<typeof sql>>> = {
    deviceCode: sql('SELECT * FROM device_grants WHERE device_code_hash = ? AND expires_at > ?'),
    userCode: sql('SELECT * FROM device_grants WHERE user_code_hash = ? AND expires_at > ?'),
    requestToken: sql('SELECT * FROM device_grants WHERE request_token_hash = ? AND expires_at > ?'),
    approvalToken: sql('SELECT * FROM device_grants WHERE approval_token_hash = ? AND expires_at > ?'),
  };
  const bind = sql(
    `UPDATE device_grants SET user_id = :user, approval_token_hash = :token
     WHERE device_code_hash = :grant AND state = 'pending' AND expires_at > :now
       AND (user_id IS NULL OR user_id = :user)`,
  );
  const approve = sql(
    `UPDATE device_grants
     SET state = 'approved', request = NULL, answer = :answer, answer_until = :until, expires_at = max(expires_at, :until)
     WHERE approval_token_hash = :token AND user_id = :user AND state = 'pending' AND expires_at > :now`,
  );
  const shorten = sql(
    'UPDATE device_grants SET answer_until = :until WHERE device_code_hash = :grant AND answer_until > :until',
  );
  const deny = sql(
    `UPDATE device_grants SET state = 'denied', request = NULL
     WHERE approval_token_hash = ? AND state = 'pending' AND expires_at > ?`,
  );
  const deleteAnswers = sql(
    'UPDATE device_grants SET answer = NULL WHERE answer IS NOT NULL AND answer_until <= ?',
  );
  const deleteGrants = sql('DELETE FROM device_grants WHERE expires_at <= ?');

  const truncate = sql('PRAGMA wal_checkpoint(TRUNCATE)');

  // At start, an earlier process may have left something.
  let walMayHaveSecrets = true;

  /** Marks that the write-ahead log has a deleted request or answer, if a statement changed anything. */
  function markDeleted({ changes }: { changes: number | bigint }): boolean {
    if (changes !== 0) walMayHaveSecrets = true;
    return changes !== 0;
  }

  function deleteExpired(now: number): void {
    markDeleted(deleteAnswers.run(now));
    markDeleted(deleteGrants.run(now));
  }

  /** Empties the write-ahead log. A program that reads the database delays that; the next call tries again. */
  function truncateWal(): void {
    if (walMayHaveSecrets) walMayHaveSecrets = truncate.get()?.busy !== 0;
  }

  return {
    async saveGrant(grant) {
      inTransaction(database, () => {
        deleteExpired(grant.createdAt);
        insert.run({ ...grant });
      });
    },
    async findGrant(by, hash, now) {
      const row = find[by].get(hash, now);
      return row ? grantFromRow(row, now) : null;
    },
    async bindGrant({ deviceCodeHash, userId, approvalTokenHash }, now) {
      return bind.run({ grant: deviceCodeHash, user: userId, token: approvalTokenHash, now }).changes === 1;
    },
    async approveGrant({ approvalTokenHash, answer, answerUntil }, key, now, audit) {
      return inTransaction(database, () => {
        const approved = approve.run({
          token: approvalTokenHash,
          user: key.userId,
          answer,
          until: answerUntil,
          now,
        });
        return markDeleted(approved) ? replaceKey(key, audit) : null;
      });
    },
    async shortenAnswer(deviceCodeHash, until) {
      shorten.run({ grant: deviceCodeHash, until });
    },
    async denyGrant(approvalTokenHash, now, audit) {
      return inTransaction(database, () => {
        if (!markDeleted(deny.run(approvalTokenHash, now))) return false;
        appendAudit(undefined, audit);
        return true;
      });
    },
    async deleteExpiredGrants(now) {
      inTransaction(database, () => deleteExpired(now));
      truncateWal();
    },
  };
}

function grantFromRow(row: Row, now: number): DeviceGrant {
  const answerUntil = numberOrNull(row.answer_until);
  return {
    deviceCodeHash: String(row.device_code_hash),
    userCodeHash: String(row.user_code_hash),
    requestTokenHash: String(row.request_token_hash),
    clientId: String(row.client_id),
    state: row.state as GrantState,
    request: textOrNull(row.request),
    answer: (answerUntil ?? now) > now ? textOrNull(row.answer) : null,
    answerUntil,
    userId: textOrNull(row.user_id),
    approvalTokenHash: textOrNull(row.approval_token_hash),
    createdAt: Number(row.created_at),
    createdFrom: String(row.created_from),
    expiresAt: Number(row.expires_at),
  };
}
