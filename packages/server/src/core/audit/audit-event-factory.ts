import type { AuditAction, AuditEventFactory } from './audit-event.ts';
import type { AuditTarget } from './audit-target.ts';

/** Who causes an event, from where, and the clock that dates it. */
interface Cause {
  /** Null for a client that acts itself. */
  readonly actor: { readonly id: string } | null;
  readonly request: { readonly ipAddress: string };
  readonly provider: { readonly now: () => number };
}

/**
 * Returns a factory for the audit event of this action and cause. Pass it to the store method that makes the change.
 *
 * @param about derives the target from the changed record
 */
export function createAuditEventFactory<Changed>(
  action: AuditAction,
  about: (changed: Changed) => AuditTarget,
  { actor, request, provider }: Cause,
): AuditEventFactory<Changed> {
  const { ipAddress } = request;
  const occasion = { at: provider.now(), action, actorId: actor?.id ?? null, ipAddress };
  return (changed) => ({ ...occasion, ownerId: null, keyId: null, ...about(changed) });
}
