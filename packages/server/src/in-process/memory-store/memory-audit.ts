import type { AuditEvent, AuditEventFactory, NewAuditEvent } from '../../core/audit/audit-event.ts';
import type { AuditStore } from '../../ports/audit-store.ts';

/** The audit log in memory, and the function that the other parts of the store call. */
export interface MemoryAudit {
  readonly store: AuditStore;
  /**
   * Appends the events of a change, all or none. Call it when nothing else can fail, and make the change after it.
   */
  appendAudit<Changed>(audit: AuditEventFactory<Changed> | undefined, changed: readonly Changed[]): void;
}

/** No method awaits, so each is atomic. */
export function createMemoryAudit(): MemoryAudit {
  let events: AuditEvent[] = [];
  let lastId = 0;

  function append(event: NewAuditEvent): void {
    lastId += 1;
    events.unshift({ ...event, id: lastId });
  }

  return {
    appendAudit(audit, changed) {
      if (audit) for (const event of changed.map((each) => audit(each))) append(event);
    },
    store: {
      async appendAuditEvent(event) {
        append(event);
      },
      async listAuditEvents({ beforeId, limit, ...filter }) {
        const { userId = null, action = null, subject = null, since = null, until = null } = filter;
        return events
          .filter((event) => beforeId === null || event.id < beforeId)
          .filter(({ actorId, ownerId }) => userId === null || actorId === userId || ownerId === userId)
          .filter((event) => action === null || event.action === action)
          .filter((event) => subject === null || event.subject.includes(subject))
          .filter(({ at }) => at >= (since ?? at) && (until === null || at < until))
          .slice(0, limit);
      },
      async deleteOldAuditEvents({ before, limit }) {
        const old = new Set(events.filter(({ at }) => at < before).slice(-limit));
        events = events.filter((event) => !old.has(event));
        return old.size;
      },
    },
  };
}
