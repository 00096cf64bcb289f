import { ValetkeyError } from '@valetkey/protocol';
import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { adminKeyAuditTarget } from '../../../core/audit/audit-target.ts';
import type { Endpoint } from '../endpoint.ts';
import { parseKeyId } from '../keys/find-own-key.ts';
import { requireAdmin } from '../require-admin.ts';
import { answerAdminKey } from './answer-admin-key.ts';

/** `POST /admin/api/keys/:id/undo-revoke`: restores a revoked admin key unchanged (PROTOCOL.md#manage-admin-keys). */
export const undoRevokeAdminKey: Endpoint = async (request, provider) => {
  const { user: admin } = await requireAdmin(request, provider);
  const audit = createAuditEventFactory('admin_key_restored', adminKeyAuditTarget, {
    actor: admin,
    request,
    provider,
  });
  const id = parseKeyId(request.pathParameters.id);
  const restored = await provider.adminKeys.undoRevoke(id, provider.now(), audit);
  if (!restored) throw new ValetkeyError('admin_key_not_found');
  return answerAdminKey(request, restored, provider);
};
