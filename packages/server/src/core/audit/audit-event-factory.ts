import type { AuditAction, AuditEventFactory } from './audit-event.ts';
import type { AuditTarget } from './audit-target.ts';

/**
 * Returns a factory for the audit event of this actor, action and IP address. Pass it to the store method that makes the
 * change.
 *
 * @param actor null for a client that acts itself
 * @param about derives the target from the changed record
 */
export function createAuditEventFactory<Changed>(
  actor: { readonly id: string } | null,
  action: AuditAction,
  about: (changed: Changed) => AuditTarget,
  { ipAddress }: { readonly ipAddress: string },
  { now }: { readonly now: () => number },
): AuditEventFactory<Changed> {
  const occasion = { at: now(), action, actorId: actor?.id ?? null, ipAddress };
  return (changed) => ({ ...occasion, ownerId: null, keyId: null, ...about(changed) });
}
