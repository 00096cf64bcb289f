import type { EndpointRequest } from '../http/endpoint-request.ts';
import type { Provider } from '../provider.ts';
import type { SiteUser } from '../site.ts';
import type { NewAuditEvent } from '../store/audit-store.ts';
import type { KeyRecord } from '../store/store.ts';

/** What an endpoint knows beside what it did. */
type Occasion = Pick<NewAuditEvent, 'action' | 'subject'> & Partial<Pick<NewAuditEvent, 'keyId' | 'ownerId'>>;

/**
 * Writes down what was done, after it was done. Nothing is undone for want of a note: a store that fails here has
 * failed with the next request as well.
 */
export async function recordEvent(
  { store, now }: Pick<Provider, 'store' | 'now'>,
  { address }: Pick<EndpointRequest, 'address'>,
  actor: Pick<SiteUser, 'id'> | null,
  { action, subject, keyId = null, ownerId = null }: Occasion,
): Promise<void> {
  await store.appendAuditEvent({
    at: now(),
    action,
    actorId: actor?.id ?? null,
    ownerId,
    keyId,
    subject,
    address,
  });
}

/** The part of an occasion that a key tells. */
export const aboutKey = (key: KeyRecord): Pick<NewAuditEvent, 'subject' | 'keyId' | 'ownerId'> => ({
  subject: key.applicationName,
  keyId: key.id,
  ownerId: key.userId,
});
