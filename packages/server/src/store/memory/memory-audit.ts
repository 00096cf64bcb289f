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
    async listAuditEvents({ beforeId, limit }) {
      return events.filter(({ id }) => beforeId === null || id < beforeId).slice(0, limit);
    },
    async forgetAuditEvents(before) {
      const kept = events.filter(({ at }) => at >= before);
      const forgotten = events.length - kept.length;
      events = kept;
      return forgotten;
    },
  };
}
