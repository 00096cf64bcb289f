import type { AuditAction, AuditEventFactory } from '../../ports/audit-store.ts';
import type { SiteUser } from '../../ports/site.ts';
import type { AuditTarget } from './audit-target.ts';

/**
 * Who is about to do what, and from where: for the store, which writes it down in the step that makes the change.
 *
 * @param actor null for an app that acts by itself
 * @param about what the change was about, said of what came of it
 */
export function createAuditEventFactory<Changed>(
  actor: Pick<SiteUser, 'id'> | null,
  action: AuditAction,
  about: (changed: Changed) => AuditTarget,
  { ipAddress }: { readonly ipAddress: string },
  { now }: { readonly now: () => number },
): AuditEventFactory<Changed> {
  const occasion = { at: now(), action, actorId: actor?.id ?? null, ipAddress };
  return (changed) => ({ ...occasion, ownerId: null, keyId: null, ...about(changed) });
}
