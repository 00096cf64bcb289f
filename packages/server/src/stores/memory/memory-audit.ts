import type { AuditEvent, AuditEventFactory, AuditStore, NewAuditEvent } from '../../ports/audit-store.ts';

/** The audit of the memory store, and the part of it that the other methods share. */
export interface MemoryAudit {
  readonly store: AuditStore;
  /**
   * Writes down what is about to change, all of it or nothing: call it when nothing else can fail any more, and change
   * things after it.
   */
  appendAudit<Changed>(audit: AuditEventFactory<Changed> | undefined, changed: readonly Changed[]): void;
}

/** No method awaits, so each is atomic as it stands. */
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
      async listAuditEvents({ beforeId, limit, userId = null, action = null, since = null, until = null }) {
        return events
          .filter((event) => beforeId === null || event.id < beforeId)
          .filter(({ actorId, ownerId }) => userId === null || actorId === userId || ownerId === userId)
          .filter((event) => action === null || event.action === action)
          .filter(({ at }) => at >= (since ?? at) && (until === null || at < until))
          .slice(0, limit);
      },
      async forgetAuditEvents(before) {
        const kept = events.filter(({ at }) => at >= before);
        const forgotten = events.length - kept.length;
        events = kept;
        return forgotten;
      },
    },
  };
}
