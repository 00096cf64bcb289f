import type { AuditAction, AuditEventFactory, NewAuditEvent } from '@valetkey/server';

/** The actor of every event of this command in the audit log. */
const OPERATOR = 'operator';

type Target = Pick<NewAuditEvent, 'subject'> & Partial<Pick<NewAuditEvent, 'ownerId' | 'keyId'>>;

/** Returns a factory for the audit events of a change by the operator. */
export const auditAs =
  <Changed>(
    action: AuditAction,
    now: () => number,
    about: (changed: Changed) => Target,
  ): AuditEventFactory<Changed> =>
  (changed) => ({
    at: now(),
    action,
    actorId: OPERATOR,
    ownerId: null,
    keyId: null,
    ipAddress: '',
    ...about(changed),
  });
