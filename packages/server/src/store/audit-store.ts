/** What is written down about keys and settings: things that people and admins did, never what a key was used for. */
export type AuditAction =
  | 'key_approved'
  | 'key_declined'
  | 'key_revoked'
  | 'key_restored'
  | 'key_rotated'
  | 'key_revoked_itself'
  | 'one_time_password_approved'
  | 'client_registered'
  | 'personal_key_made'
  | 'feed_subscribed'
  | 'feed_unsubscribed'
  | 'admin_key_created'
  | 'admin_key_revoked'
  | 'admin_key_restored'
  | 'admin_key_deleted'
  | 'setting_changed';

/** Who did what, when, and from where. Holds no secret: neither keys nor nonces nor values of settings. */
export interface AuditEvent {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly action: AuditAction;
  /** The person who did it; null for an app that acted by itself. */
  readonly actorId: string | null;
  /** The person whose key it is, where it is about a key. */
  readonly ownerId: string | null;
  readonly keyId: number | null;
  /** The app's name, the client's id or the setting's name. */
  readonly subject: string;
  /** The peer's IP address. */
  readonly address: string;
}

/** What is written down before the store gives it its number. */
export type NewAuditEvent = Omit<AuditEvent, 'id'>;

/** The part of a `Store` that remembers what was done. */
export interface AuditStore {
  appendAuditEvent(event: NewAuditEvent): Promise<void>;
  /** Newest first. @param page `beforeId` null for the newest page */
  listAuditEvents(page: { beforeId: number | null; limit: number }): Promise<AuditEvent[]>;
  /** Answers how many were forgotten. */
  forgetAuditEvents(before: number): Promise<number>;
}
