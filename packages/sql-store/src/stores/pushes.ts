import type { ClaimedPush, PushStore } from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { lockFor } from '../database/lock-for.ts';
import { type Row, statement } from '../database/statement.ts';

const count = statement('SELECT count(*) AS count FROM valetkey.queued_pushes WHERE push_url = :pushUrl');
const insertTarget = statement(
  'INSERT INTO valetkey.push_targets (push_url) VALUES (:pushUrl) ON CONFLICT DO NOTHING',
);
const insert = statement(
  `INSERT INTO valetkey.queued_pushes (delivery_id, push_url, user_id, key_ids, notification, created_at)
   VALUES (:deliveryId, :pushUrl, :userId, :keyIds, :notification, :createdAt)`,
);
// A target that another worker is claiming is skipped.
const lease = statement(
  `UPDATE valetkey.push_targets SET claimed_at = :now, leased_until = :leasedUntil
   WHERE push_url = (
     SELECT push_url FROM valetkey.push_targets AS target
     WHERE leased_until <= :now AND not_before <= :now
       AND EXISTS (SELECT 1 FROM valetkey.queued_pushes AS push WHERE push.push_url = target.push_url)
     ORDER BY claimed_at, push_url LIMIT 1 FOR UPDATE SKIP LOCKED)
   RETURNING push_url, failures, leased_until`,
);
const next = statement(
  'SELECT * FROM valetkey.queued_pushes WHERE push_url = :pushUrl ORDER BY attempts, id LIMIT 1',
);
const release = statement(
  `UPDATE valetkey.push_targets SET leased_until = 0, failures = :failures, not_before = :notBefore
   WHERE push_url = :pushUrl AND leased_until = :lease RETURNING push_url`,
);
const remove = statement('DELETE FROM valetkey.queued_pushes WHERE id = :id');
const countAttempt = statement('UPDATE valetkey.queued_pushes SET attempts = attempts + 1 WHERE id = :id');

/** The queue of pushes. */
export function createPushes(database: Database): PushStore {
  return {
    enqueuePush: ({ keyIds, ...push }, maxQueued) =>
      database.transaction(function* () {
        const { pushUrl } = push;
        yield lockFor('push_url', pushUrl);
        const [queued] = yield count({ pushUrl });
        if (Number(queued?.count) >= maxQueued) return false;
        yield insertTarget({ pushUrl });
        yield insert({ ...push, keyIds: JSON.stringify(keyIds) });
        return true;
      }),
    claimPush: ({ now, leasedUntil }) =>
      database.transaction(function* () {
        const [target] = yield lease({ now, leasedUntil });
        if (!target) return null;
        const [push] = yield next({ pushUrl: String(target.push_url) });
        return push ? claimFromRow({ ...target, ...push }) : null;
      }),
    completePush: ({ id, pushUrl, leasedUntil }, { isDone, targetFailures, notBefore }) =>
      database.transaction(function* () {
        const completion = { failures: targetFailures, notBefore, pushUrl, lease: leasedUntil };
        const settled = yield release(completion);
        if (settled.length === 0) return false;
        yield (isDone ? remove : countAttempt)({ id });
        return true;
      }),
  };
}

function claimFromRow(row: Row): ClaimedPush {
  return {
    id: Number(row.id),
    deliveryId: String(row.delivery_id),
    pushUrl: String(row.push_url),
    userId: String(row.user_id),
    keyIds: JSON.parse(String(row.key_ids)) as number[],
    notification: String(row.notification),
    createdAt: Number(row.created_at),
    attempts: Number(row.attempts),
    targetFailures: Number(row.failures),
    leasedUntil: Number(row.leased_until),
  };
}
