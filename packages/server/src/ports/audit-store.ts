import type { AuditAction, AuditEvent, NewAuditEvent } from '../core/audit/audit-event.ts';

/** Restricts a list of events. A field that is null or left out restricts nothing. */
export interface AuditFilter {
  /** Events that this user did, or that are about this user's keys. */
  readonly userId?: string | null;
  readonly action?: AuditAction | null;
  /** Events whose subject contains this text. Case matters. */
  readonly subject?: string | null;
  /** From this time on, in milliseconds since 1970. */
  readonly since?: number | null;
  /** Before this time. */
  readonly until?: number | null;
}

/** Stores the audit log. Part of `Store`; the guarantees there apply. */
export interface AuditStore {
  /** Stores an event that belongs to no change of a record. Changes pass theirs as `AuditEventFactory`. */
  appendAuditEvent(event: NewAuditEvent): Promise<void>;
  /**
   * Returns events, newest first.
   *
   * @param page `beforeId` null for the newest page. Events that are added later do not shift the pages
   */
  listAuditEvents(page: { beforeId: number | null; limit: number } & AuditFilter): Promise<AuditEvent[]>;
  /** Deletes at most `limit` events from before this time. Returns how many; fewer than `limit` when none is left. */
  deleteOldAuditEvents(range: { before: number; limit: number }): Promise<number>;
}
