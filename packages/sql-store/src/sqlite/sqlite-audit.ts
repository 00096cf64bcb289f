import type { DatabaseSync } from 'node:sqlite';
import type { AuditAction, AuditEvent, AuditEventFactory, AuditStore, NewAuditEvent } from '@valetkey/server';
import { numberOrNull, type Row, textOrNull } from './rows.ts';

/** Appends the event of a change within the open transaction, and returns the changed record. Null means nothing changed. */
export type AuditAppender = <Changed>(
  changed: Changed,
  audit: AuditEventFactory<Exclude<Changed, null>> | undefined,
) => Changed;

function createEventInsert(database: DatabaseSync): (event: NewAuditEvent) => void {
  const insert = database.prepare(
    'INSERT INTO audit_events (at, action, actor_id, owner_id, key_id, subject, ip_address) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  return ({ at, action, actorId, ownerId, keyId, subject, ipAddress }) => {
    insert.run(at, action, actorId, ownerId, keyId, subject, ipAddress);
  };
}

export function createAuditAppender(database: DatabaseSync): AuditAppender {
  const insertEvent = createEventInsert(database);
  return <Changed>(changed: Changed, audit?: AuditEventFactory<Exclude<Changed, null>>) => {
    if (audit && changed !== null) insertEvent(audit(changed as Exclude<Changed, null>));
    return changed;
  };
}

/** The audit log in SQLite. */
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
  const deleteOld = database.prepare(
    `DELETE FROM audit_events WHERE id IN (
       SELECT id FROM audit_events WHERE at < :before ORDER BY at LIMIT :limit)`,
  );

  return {
    async appendAuditEvent(event) {
      insertEvent(event);
    },
    async listAuditEvents({ beforeId, limit, userId = null, action = null, since = null, until = null }) {
      const filter = { user: userId, action, since, until };
      return page.all({ before: beforeId, limit, ...filter }).map(eventFromRow);
    },
    async deleteOldAuditEvents(range) {
      return Number(deleteOld.run(range).changes);
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
    ipAddress: String(row.ip_address),
  };
}
