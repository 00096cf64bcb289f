import type { AuditAction, AuditEvent, AuditEventFactory, AuditStore, NewAuditEvent } from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { type Row, statement, type Work } from '../database/statement.ts';
import { numberOrNull, textOrNull } from './rows.ts';

const insert = statement(
  `INSERT INTO valetkey.audit_events (at, action, actor_id, owner_id, key_id, subject, ip_address)
   VALUES (:at, :action, :actorId, :ownerId, :keyId, :subject, :ipAddress)`,
);
const page = statement(
  `SELECT * FROM valetkey.audit_events
   WHERE id < :before
     AND (CAST(:user AS TEXT) IS NULL OR actor_id = :user OR owner_id = :user)
     AND (CAST(:action AS TEXT) IS NULL OR action = :action)
     AND (CAST(:subject AS TEXT) IS NULL OR REPLACE(subject, CAST(:subject AS TEXT), '') <> subject)
     AND at >= :since AND at < :until
   ORDER BY id DESC LIMIT :limit`,
);
const deleteOld = statement(
  `DELETE FROM valetkey.audit_events WHERE id IN (
     SELECT id FROM valetkey.audit_events WHERE at < :before ORDER BY at LIMIT :limit)
   RETURNING id`,
);

/** Appends the event of a change, and returns the changed record. Null means that nothing changed. */
export function* appendAudit<Changed>(
  changed: Changed,
  audit: AuditEventFactory<Exclude<Changed, null>> | undefined,
): Work<Changed> {
  if (audit && changed !== null) yield insertEvent(audit(changed as Exclude<Changed, null>));
  return changed;
}

const insertEvent = ({ at, action, actorId, ownerId, keyId, subject, ipAddress }: NewAuditEvent) =>
  insert({ at, action, actorId, ownerId, keyId, subject, ipAddress });

/** The audit log. */
export function createAudit(database: Database): AuditStore {
  return {
    async appendAuditEvent(event) {
      await database.run(insertEvent(event));
    },
    async listAuditEvents({ beforeId, limit, userId = null, action = null, subject = null, since, until }) {
      const rows = await database.run(
        page({
          before: beforeId ?? Number.MAX_SAFE_INTEGER,
          user: userId,
          action,
          subject,
          since: since ?? 0,
          until: until ?? Number.MAX_SAFE_INTEGER,
          limit,
        }),
      );
      return rows.map(eventFromRow);
    },
    async deleteOldAuditEvents(range) {
      return (await database.run(deleteOld(range))).length;
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
