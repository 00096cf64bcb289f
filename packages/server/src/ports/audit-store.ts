import type { AuditAction, AuditEvent, NewAuditEvent } from '../core/audit/audit-event.ts';

export type { AuditAction, AuditEvent, AuditEventFactory, NewAuditEvent } from '../core/audit/audit-event.ts';

/** Which events are asked for; what is null or left out restricts nothing. */
export interface AuditFilter {
  /** Whoever did it or whose key it was. */
  readonly userId?: string | null;
  readonly action?: AuditAction | null;
  /** From this moment on, in milliseconds since 1970. */
  readonly since?: number | null;
  /** Before this moment. */
  readonly until?: number | null;
}

/** The part of a `Store` that remembers what was done. */
export interface AuditStore {
  /** For what changes nothing else; a change takes its event along, see `AuditEventFactory`. */
  appendAuditEvent(event: NewAuditEvent): Promise<void>;
  /** Newest first. @param page `beforeId` null for the newest page; pages stay the same while events are added */
  listAuditEvents(page: { beforeId: number | null; limit: number } & AuditFilter): Promise<AuditEvent[]>;
  /** Answers how many were forgotten. */
  forgetAuditEvents(before: number): Promise<number>;
}
