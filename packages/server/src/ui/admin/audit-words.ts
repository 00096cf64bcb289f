import type { AuditAction } from '../../core/audit/audit-event.ts';

/** What was done, as it stands between who did it and what it was about. */
export const AUDIT_WORDS: Readonly<Record<AuditAction, string>> = {
  key_approved: 'approved the app',
  key_declined: 'declined the app',
  key_revoked: 'revoked the key of',
  key_revoked_unused: 'revoked, because nobody used it, the key of',
  key_revoked_too_old: 'revoked, because of its age, the key of',
  key_restored: 'brought back the key of',
  key_rotated: 'rotated the key',
  key_revoked_itself: 'gave back its own key:',
  one_time_password_approved: 'let themselves be signed in by',
  client_registered: 'registered itself as',
  client_deleted: 'deleted the registration of',
  personal_key_made: 'made a key for themselves:',
  feed_subscribed: 'made an address for the feed',
  feed_unsubscribed: 'removed the address of the feed',
  admin_key_created: 'made the admin key',
  admin_key_revoked: 'revoked the admin key',
  admin_key_revoked_unused: 'revoked, because nobody used it, the admin key',
  admin_key_restored: 'brought back the admin key',
  admin_key_deleted: 'deleted the admin key',
  setting_changed: 'changed the setting',
};

/** Everything that can be written down, in the order of the table. */
export const AUDIT_ACTIONS = Object.keys(AUDIT_WORDS) as AuditAction[];
