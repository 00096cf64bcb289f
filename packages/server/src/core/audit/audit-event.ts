/** An audited action of a user, a client or the site itself on keys, clients and settings. The use of a key is not audited. */
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

/** Who did what, when, and from where. Contains no secret: no keys, nonces or setting values. */
export interface AuditEvent {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly action: AuditAction;
  /** The user who did it; null for a client that acted by itself, and for the site. */
  readonly actorId: string | null;
  /** The owner of the key, if the event is about a key. */
  readonly ownerId: string | null;
  readonly keyId: number | null;
  /** The application name, the client id or the setting name. */
  readonly subject: string;
  /** The peer's IP address; empty if the site itself did it. */
  readonly ipAddress: string;
}

/** An audit event before it is stored; the store assigns the id. */
export type NewAuditEvent = Omit<AuditEvent, 'id'>;

/**
 * Builds the audit event for a changed record. The store calls it inside the transaction, once per changed record. The
 * change and the event become durable together; if this throws or the event cannot be stored, the store method rejects
 * and nothing has changed.
 */
export type AuditEventFactory<Changed> = (changed: Changed) => NewAuditEvent;
