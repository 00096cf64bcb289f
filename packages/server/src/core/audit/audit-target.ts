import type { AdminKeyRecord } from '../key/admin-key-record.ts';
import type { KeyRecord } from '../key/key-record.ts';
import type { NewAuditEvent } from './audit-event.ts';

/** The subject of an audited change; omitted ids are null. */
export type AuditTarget = Pick<NewAuditEvent, 'subject'> & Partial<Pick<NewAuditEvent, 'keyId' | 'ownerId'>>;

export const keyAuditTarget = (key: KeyRecord): AuditTarget => ({
  subject: key.applicationName,
  keyId: key.id,
  ownerId: key.userId,
});

/** The client id of a feed key is the name of the feed. */
export const feedAuditTarget = (key: KeyRecord): AuditTarget => ({
  ...keyAuditTarget(key),
  subject: key.clientId,
});

/** The owner is the user that the key is bound to, if any. */
export const adminKeyAuditTarget = (key: AdminKeyRecord): AuditTarget => ({
  subject: key.description,
  keyId: key.id,
  ownerId: key.userId,
});

/** The subject is the id of the client. */
export const clientAuditTarget = ({ clientId }: { readonly clientId: string }): AuditTarget => ({
  subject: clientId,
});

/** The subject is the blocked client id or host. */
export const blockAuditTarget = ({ value }: { readonly value: string }): AuditTarget => ({ subject: value });

/** The subject is the name of the client, the owner the user who approved. */
export const grantAuditTarget = (grant: {
  readonly clientName: string;
  readonly userId: string;
}): AuditTarget => ({ subject: grant.clientName, ownerId: grant.userId });
