import { ValetkeyError } from '@valetkey/protocol';
import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { adminKeyAuditTarget } from '../../../core/audit/audit-target.ts';
import type { Endpoint } from '../endpoint.ts';
import { parseKeyId } from '../keys/find-own-key.ts';
import { requireAdmin } from '../require-admin.ts';
import { answerAdminKey } from './answer-admin-key.ts';

/**
 * `POST /admin/api/keys/:id/revoke`: revokes an admin key, which is rejected from the next request on
 * (PROTOCOL.md#manage-admin-keys).
 */
export const revokeAdminKey: Endpoint = async (request, provider) => {
  const { user: admin } = await requireAdmin(request, provider);
  const id = parseKeyId(request.pathParameters.id);
  const audit = createAuditEventFactory('admin_key_revoked', adminKeyAuditTarget, {
    actor: admin,
    request,
    provider,
  });
  const revoked = await provider.adminKeys.revoke(id, provider.now(), audit);
  if (!revoked) throw new ValetkeyError('admin_key_not_found');
  return answerAdminKey(request, revoked, provider);
};
