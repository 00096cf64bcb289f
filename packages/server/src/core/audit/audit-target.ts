import type { AdminKeyRecord } from '../../ports/admin-key-store.ts';
import type { NewAuditEvent } from '../../ports/audit-store.ts';
import type { RegisteredClient } from '../../ports/client-store.ts';
import type { KeyRecord } from '../../ports/store.ts';

/** What a change was about; what is left out is null. */
export type AuditTarget = Pick<NewAuditEvent, 'subject'> & Partial<Pick<NewAuditEvent, 'keyId' | 'ownerId'>>;

export const keyAuditTarget = (key: KeyRecord): AuditTarget => ({
  subject: key.applicationName,
  keyId: key.id,
  ownerId: key.userId,
});

/** The client id of a feed's key is the feed's name. */
export const feedAuditTarget = (key: KeyRecord): AuditTarget => ({
  ...keyAuditTarget(key),
  subject: key.clientId,
});

/** Its owner is whom it is bound to, if anybody. */
export const adminKeyAuditTarget = (key: AdminKeyRecord): AuditTarget => ({
  subject: key.description,
  keyId: key.id,
  ownerId: key.userId,
});

export const clientAuditTarget = ({ clientId }: RegisteredClient): AuditTarget => ({ subject: clientId });
