import type { AdminKeyRecord } from '../../ports/admin-key-store.ts';
import type { NewAuditEvent } from '../../ports/audit-store.ts';
import type { RegisteredClient } from '../../ports/client-store.ts';
import type { KeyRecord } from '../../ports/store.ts';

/** What a change was about; what is left out is null. */
export type About = Pick<NewAuditEvent, 'subject'> & Partial<Pick<NewAuditEvent, 'keyId' | 'ownerId'>>;

export const aboutKey = (key: KeyRecord): About => ({
  subject: key.applicationName,
  keyId: key.id,
  ownerId: key.userId,
});

/** The client id of a feed's key is the feed's name. */
export const aboutFeed = (key: KeyRecord): About => ({ ...aboutKey(key), subject: key.clientId });

/** Its owner is whom it is bound to, if anybody. */
export const aboutAdminKey = (key: AdminKeyRecord): About => ({
  subject: key.description,
  keyId: key.id,
  ownerId: key.userId,
});

export const aboutClient = ({ clientId }: RegisteredClient): About => ({ subject: clientId });
