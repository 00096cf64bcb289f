/** What the audit log records: changes to keys, clients and settings, sign-ins by a one-time password, and calls of tools by agents; no other use of a key. */
export const AUDIT_ACTIONS = [
  'key_approved',
  'key_declined',
  'key_revoked',
  'key_revoked_unused',
  'key_revoked_too_old',
  'key_restored',
  'key_renamed',
  'key_rotated',
  'key_renewed',
  'key_revoked_itself',
  'one_time_password_approved',
  'one_time_password_used',
  'client_id_sent',
  'client_registered',
  'client_deleted',
  'client_icon_saved',
  'client_icon_deleted',
  'app_blocked',
  'app_unblocked',
  'personal_key_made',
  'feed_subscribed',
  'feed_unsubscribed',
  'admin_key_created',
  'admin_key_revoked',
  'admin_key_revoked_unused',
  'admin_key_restored',
  'admin_key_deleted',
  'oauth_grant_replayed',
  'oauth_client_registered',
  'oauth_client_blocked',
  'oauth_client_unblocked',
  'oauth_client_deleted',
  'mcp_tool_called',
  'setting_changed',
  'user_erased',
  'database_restored',
] as const;

/** An action that the audit log records. */
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Who did what, when and from where. Contains no secret: no keys, no nonces, no values of settings. */
export interface AuditEvent {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly action: AuditAction;
  /** The user who did it; null for the site and for a client that acted itself. */
  readonly actorId: string | null;
  /** The user whose key it is, for events about a key. */
  readonly ownerId: string | null;
  readonly keyId: number | null;
  /** The application name, the client id or the setting's name. */
  readonly subject: string;
  /** The IP address of the client; empty for the site itself. */
  readonly ipAddress: string;
}

/** An event before the store assigns its id. */
export type NewAuditEvent = Omit<AuditEvent, 'id'>;

/**
 * Describes a change for the audit log, from its result. The store calls it inside the transaction of the change: once for
 * each changed record, never when nothing changed. Change and event become durable together. If it throws, or if the
 * event cannot be stored, the store's method rejects and nothing has changed.
 *
 * Must be pure and synchronous: a store calls it again with the same record when it retries a transaction after a
 * serialization failure.
 */
export type AuditEventFactory<Changed> = (changed: Changed) => NewAuditEvent;
