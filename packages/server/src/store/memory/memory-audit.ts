import type { AuditEvent, AuditStore } from '../audit-store.ts';

/** The audit of the memory store. */
export function createMemoryAudit(): AuditStore {
  let events: AuditEvent[] = [];
  let lastId = 0;

  return {
    async appendAuditEvent(event) {
      lastId += 1;
      events.unshift({ ...event, id: lastId });
    },
    async listAuditEvents({ beforeId, limit, personId = null, action = null, since = null, until = null }) {
      return events
        .filter((event) => beforeId === null || event.id < beforeId)
        .filter(({ actorId, ownerId }) => personId === null || actorId === personId || ownerId === personId)
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
  };
}
