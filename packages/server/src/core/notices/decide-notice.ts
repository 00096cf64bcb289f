import type { AuditAction, NewAuditEvent } from '../audit/audit-event.ts';
import type { KeyKind, RevocationReason } from '../key/key-record.ts';
import type { Notice } from './notice.ts';

/** The kind of the key that an action creates. An approval of an OAuth client has no key yet. */
const CREATED: Readonly<Partial<Record<AuditAction, (event: NewAuditEvent) => KeyKind>>> = {
  key_approved: ({ keyId }) => (keyId === null ? 'oauth' : 'app'),
  personal_key_made: () => 'personal',
  feed_subscribed: () => 'feed',
};

const REVOKED: Readonly<Partial<Record<AuditAction, RevocationReason>>> = {
  key_revoked: 'revoked_by_admin',
  key_revoked_unused: 'unused',
  key_revoked_too_old: 'too_old',
  oauth_grant_replayed: 'replayed',
};

/**
 * Returns the notice about an audited change for the owner of the key; null if there is no notice. Revocations by the owner are not
 * reported to the owner.
 */
export function decideNotice(event: NewAuditEvent): Notice | null {
  const { action, actorId, ownerId: userId, subject: applicationName, at, ipAddress } = event;
  if (userId === null) return null;
  // A sign-in by an earlier consent, which any web page can open: it gives nothing new.
  if (action === 'key_approved' && actorId === null) return null;
  const about = { userId, applicationName, at };
  const keyKind = CREATED[action]?.(event);
  if (keyKind) return { ...about, kind: 'key_created', keyKind, ipAddress };
  const reason = REVOKED[action];
  return reason && actorId !== userId ? { ...about, kind: 'key_revoked', reason } : null;
}
