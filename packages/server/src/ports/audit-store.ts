/** What is written down about keys and settings: what people, apps and the site itself did, never what a key was used for. */
export type AuditAction =
  | 'key_approved'
  | 'key_declined'
  | 'key_revoked'
  | 'key_revoked_unused'
  | 'key_revoked_too_old'
  | 'key_restored'
  | 'key_rotated'
  | 'key_revoked_itself'
  | 'one_time_password_approved'
  | 'client_registered'
  | 'client_deleted'
  | 'personal_key_made'
  | 'feed_subscribed'
  | 'feed_unsubscribed'
  | 'admin_key_created'
  | 'admin_key_revoked'
  | 'admin_key_revoked_unused'
  | 'admin_key_restored'
  | 'admin_key_deleted'
  | 'setting_changed';

/** Who did what, when, and from where. Holds no secret: neither keys nor nonces nor values of settings. */
export interface AuditEvent {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly action: AuditAction;
  /** The person who did it; null for an app that acted by itself, and for the site. */
  readonly actorId: string | null;
  /** The person whose key it is, where it is about a key. */
  readonly ownerId: string | null;
  readonly keyId: number | null;
  /** The app's name, the client's id or the setting's name. */
  readonly subject: string;
  /** The peer's IP address; empty where the site itself did it. */
  readonly ipAddress: string;
}

/** What is written down before the store gives it its number. */
export type NewAuditEvent = Omit<AuditEvent, 'id'>;

/**
 * What is written down of a change, said of what came of it. A store calls it within the step that makes the change: once
 * for each thing that was changed, and never where nothing was. The change and the event are durable together; if this
 * throws, or its event cannot be stored, the method rejects and nothing has changed.
 */
export type AuditEventFactory<Changed> = (changed: Changed) => NewAuditEvent;

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
