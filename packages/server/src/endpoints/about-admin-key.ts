import type { AdminKeyRecord } from '../store/admin-key-store.ts';
import type { NewAuditEvent } from '../store/audit-store.ts';

/** What the audit says of an admin key: its number, its description, and whom it is bound to. */
export const aboutAdminKey = (key: AdminKeyRecord): Pick<NewAuditEvent, 'subject' | 'keyId' | 'ownerId'> => ({
  subject: key.description,
  keyId: key.id,
  ownerId: key.userId,
});
