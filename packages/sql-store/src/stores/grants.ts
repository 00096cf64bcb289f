import type { DeviceGrant, GrantSecret, GrantState, GrantStore } from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { type Row, statement, type Work } from '../database/statement.ts';
import { appendAudit } from './audit.ts';
import { insertOauthGrant } from './oauth-grants.ts';
import { replaceKey } from './replace-key.ts';
import { numberOrNull, textOrNull } from './rows.ts';

// Each transition is one UPDATE whose WHERE is the comparison.
const insert = statement(
  `INSERT INTO valetkey.device_grants
     (device_code_hash, user_code_hash, request_token_hash, client_id, state, request, created_at, created_from, expires_at)
   VALUES (:deviceCodeHash, :userCodeHash, :requestTokenHash, :clientId, 'pending', :request, :createdAt, :createdFrom, :expiresAt)`,
);
const find: Readonly<Record<GrantSecret, ReturnType<typeof statement>>> = {
  deviceCode: statement(
    'SELECT * FROM valetkey.device_grants WHERE device_code_hash = :hash AND expires_at > :now',
  ),
  userCode: statement(
    'SELECT * FROM valetkey.device_grants WHERE user_code_hash = :hash AND expires_at > :now',
  ),
  requestToken: statement(
    'SELECT * FROM valetkey.device_grants WHERE request_token_hash = :hash AND expires_at > :now',
  ),
  approvalToken: statement(
    'SELECT * FROM valetkey.device_grants WHERE approval_token_hash = :hash AND expires_at > :now',
  ),
};
const bind = statement(
  `UPDATE valetkey.device_grants SET user_id = :userId, approval_token_hash = :approvalTokenHash
   WHERE device_code_hash = :deviceCodeHash AND state = 'pending' AND expires_at > :now
     AND (user_id IS NULL OR user_id = :userId)
   RETURNING device_code_hash`,
);
const approve = statement(
  `UPDATE valetkey.device_grants
   SET state = 'approved', request = NULL, answer = :answer, answer_until = :answerUntil,
     expires_at = greatest(expires_at, :answerUntil)
   WHERE approval_token_hash = :approvalTokenHash AND user_id = :userId AND state = 'pending' AND expires_at > :now
   RETURNING device_code_hash`,
);
const setAnswer = statement(
  'UPDATE valetkey.device_grants SET answer = :answer WHERE approval_token_hash = :approvalTokenHash',
);
const shorten = statement(
  `UPDATE valetkey.device_grants SET answer_until = :until
   WHERE device_code_hash = :deviceCodeHash AND answer_until > :until`,
);
const deny = statement(
  `UPDATE valetkey.device_grants SET state = 'denied', request = NULL
   WHERE approval_token_hash = :approvalTokenHash AND state = 'pending' AND expires_at > :now
   RETURNING device_code_hash`,
);
const deleteAnswers = statement(
  `UPDATE valetkey.device_grants SET answer = NULL
   WHERE answer IS NOT NULL AND answer_until <= :now RETURNING device_code_hash`,
);
const deleteGrants = statement(
  'DELETE FROM valetkey.device_grants WHERE expires_at <= :now RETURNING device_code_hash',
);

/** The device grants. */
export function createGrants(database: Database): GrantStore {
  // At start, an earlier process may have left something.
  let hasDeletedSecrets = true;

  /** Marks that the database files still have a deleted request or answer, if a statement changed rows. */
  function markDeleted(rows: readonly Row[]): boolean {
    if (rows.length > 0) hasDeletedSecrets = true;
    return rows.length > 0;
  }

  function* deleteExpired(now: number): Work<void> {
    markDeleted(yield deleteAnswers({ now }));
    markDeleted(yield deleteGrants({ now }));
  }

  return {
    saveGrant: (grant) =>
      database.transaction(function* () {
        yield* deleteExpired(grant.createdAt);
        yield insert({ ...grant });
      }),
    async findGrant(by, hash, now) {
      const [row] = await database.run(find[by]({ hash, now }));
      return row ? grantFromRow(row, now) : null;
    },
    async bindGrant(binding, now) {
      return (await database.run(bind({ ...binding, now }))).length === 1;
    },
    approveGrant: ({ max, ...approval }, key, now, audit) =>
      database.transaction(function* () {
        const approved = yield approve({ ...approval, userId: key.userId, now });
        return markDeleted(approved) ? yield* replaceKey(key, audit, max) : null;
      }),
    approveGrantForOauth: ({ answer, approvalTokenHash, answerUntil }, grant, audit) =>
      database.transaction(function* () {
        const { userId, createdAt: now } = grant;
        const approved = yield approve({ approvalTokenHash, userId, now, answer: null, answerUntil });
        if (!markDeleted(approved)) return null;
        const oauthGrant = yield* appendAudit(yield* insertOauthGrant(grant), audit);
        yield setAnswer({ approvalTokenHash, answer: answer(oauthGrant) });
        return oauthGrant;
      }),
    async shortenAnswer(deviceCodeHash, until) {
      await database.run(shorten({ deviceCodeHash, until }));
    },
    denyGrant: (approvalTokenHash, now, audit) =>
      database.transaction(function* () {
        if (!markDeleted(yield deny({ approvalTokenHash, now }))) return false;
        yield* appendAudit(undefined, audit);
        return true;
      }),
    async deleteExpiredGrants(now) {
      await database.transaction(() => deleteExpired(now));
      if (hasDeletedSecrets) hasDeletedSecrets = !database.eraseDeleted();
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
