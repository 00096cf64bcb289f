import type { AuditAction, AuditOf } from '../../ports/audit-store.ts';
import type { SiteUser } from '../../ports/site.ts';
import type { About } from './audit-target.ts';

/**
 * Who is about to do what, and from where: for the store, which writes it down in the step that makes the change.
 *
 * @param actor null for an app that acts by itself
 * @param about what the change was about, said of what came of it
 */
export function auditBy<Changed>(
  actor: Pick<SiteUser, 'id'> | null,
  action: AuditAction,
  about: (changed: Changed) => About,
  { address }: { readonly address: string },
  { now }: { readonly now: () => number },
): AuditOf<Changed> {
  const occasion = { at: now(), action, actorId: actor?.id ?? null, address };
  return (changed) => ({ ...occasion, ownerId: null, keyId: null, ...about(changed) });
}
