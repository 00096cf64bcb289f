import type { DatabaseSync } from 'node:sqlite';
import type { ClaimedPush, PushStore } from '@valetkey/server';
import { inTransaction } from './open-database.ts';
import type { Row } from './rows.ts';

/** The queue of pushes in SQLite. */
export function createSqlitePushes(database: DatabaseSync): PushStore {
  const sql = (text: string) => database.prepare(text);

  const count = sql('SELECT count(*) AS count FROM queued_pushes WHERE push_url = ?');
  const insertTarget = sql('INSERT INTO push_targets (push_url) VALUES (?) ON CONFLICT DO NOTHING');
  const insert = sql(
    `INSERT INTO queued_pushes (delivery_id, push_url, user_id, key_ids, notification, created_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const lease = sql(
    `UPDATE push_targets SET claimed_at = :now, leased_until = :until
     WHERE push_url = (
       SELECT push_url FROM push_targets
       WHERE leased_until <= :now AND not_before <= :now
         AND EXISTS (SELECT 1 FROM queued_pushes WHERE queued_pushes.push_url = push_targets.push_url)
       ORDER BY claimed_at, rowid LIMIT 1)
     RETURNING push_url, failures, leased_until`,
  );
  const next = sql('SELECT * FROM queued_pushes WHERE push_url = ? ORDER BY attempts, id LIMIT 1');
  const release = sql(
    `UPDATE push_targets SET leased_until = 0, failures = :failures, not_before = :notBefore
     WHERE push_url = :pushUrl AND leased_until = :lease`,
  );
  const remove = sql('DELETE FROM queued_pushes WHERE id = ?');
  const countAttempt = sql('UPDATE queued_pushes SET attempts = attempts + 1 WHERE id = ?');

  return {
    async enqueuePush({ deliveryId, pushUrl, userId, keyIds, notification, createdAt }, maxQueued) {
      return inTransaction(database, () => {
        if (Number(count.get(pushUrl)?.count) >= maxQueued) return false;
        insertTarget.run(pushUrl);
        insert.run(deliveryId, pushUrl, userId, JSON.stringify(keyIds), notification, createdAt);
        return true;
      });
    },
    async claimPush({ now, leasedUntil }) {
      return inTransaction(database, () => {
        const target = lease.get({ now, until: leasedUntil });
        const push = target && next.get(String(target.push_url));
        return push ? claimFromRow({ ...target, ...push }) : null;
      });
    },
    async settlePush({ id, pushUrl, leasedUntil }, { isDone, targetFailures, notBefore }) {
      return inTransaction(database, () => {
        const settled = release.run({ failures: targetFailures, notBefore, pushUrl, lease: leasedUntil });
        if (settled.changes === 0) return false;
        (isDone ? remove : countAttempt).run(id);
        return true;
      });
    },
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
