import type { DatabaseSync } from 'node:sqlite';
import type {
  AuditAction,
  AuditEvent,
  AuditEventFactory,
  AuditStore,
  NewAuditEvent,
} from '../../ports/audit-store.ts';
import { numberOrNull, type Row, textOrNull } from './rows.ts';

/** Writes down what was changed, within the transaction that is open, and answers it; null is what was not changed. */
export type WriteDown = <Changed>(
  changed: Changed,
  audit: AuditEventFactory<Exclude<Changed, null>> | undefined,
) => Changed;

/** How an event becomes a row, once for whoever writes one down. */
function createEventInsert(database: DatabaseSync): (event: NewAuditEvent) => void {
  const insert = database.prepare(
    'INSERT INTO audit_events (at, action, actor_id, owner_id, key_id, subject, address) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  return ({ at, action, actorId, ownerId, keyId, subject, ipAddress }) => {
    insert.run(at, action, actorId, ownerId, keyId, subject, ipAddress);
  };
}

export function createWriteDown(database: DatabaseSync): WriteDown {
  const insertEvent = createEventInsert(database);
  return <Changed>(changed: Changed, audit?: AuditEventFactory<Exclude<Changed, null>>) => {
    if (audit && changed !== null) insertEvent(audit(changed as Exclude<Changed, null>));
    return changed;
  };
}

/** The audit of the SQLite store. */
export function createSqliteAudit(database: DatabaseSync): AuditStore {
  const insertEvent = createEventInsert(database);
  const page = database.prepare(
    `SELECT * FROM audit_events
     WHERE id < coalesce(:before, 9223372036854775807)
       AND (:user IS NULL OR actor_id = :user OR owner_id = :user)
       AND (:action IS NULL OR action = :action)
       AND (:since IS NULL OR at >= :since) AND (:until IS NULL OR at < :until)
     ORDER BY id DESC LIMIT :limit`,
  );
  const forget = database.prepare('DELETE FROM audit_events WHERE at < ?');

  return {
    async appendAuditEvent(event) {
      insertEvent(event);
    },
    async listAuditEvents({ beforeId, limit, userId = null, action = null, since = null, until = null }) {
      const filter = { user: userId, action, since, until };
      return page.all({ before: beforeId, limit, ...filter }).map(eventFromRow);
    },
    async forgetAuditEvents(before) {
      return Number(forget.run(before).changes);
    },
  };
}

function eventFromRow(row: Row): AuditEvent {
  return {
    id: Number(row.id),
    at: Number(row.at),
    action: String(row.action) as AuditAction,
    actorId: textOrNull(row.actor_id),
    ownerId: textOrNull(row.owner_id),
    keyId: numberOrNull(row.key_id),
    subject: String(row.subject),
    ipAddress: String(row.address),
  };
}
