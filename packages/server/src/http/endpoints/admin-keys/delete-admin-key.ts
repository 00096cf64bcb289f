import { ValetkeyError } from '@valetkey/protocol';
import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { adminKeyAuditTarget } from '../../../core/audit/audit-target.ts';
import { adminPath } from '../../../ui/admin/admin-paths.ts';
import { jsonResponse, redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { parseKeyId } from '../keys/find-own-key.ts';
import { requireAdmin } from '../require-admin.ts';

/**
 * `DELETE /admin/api/keys/:id`, and for forms `POST …/delete`: deletes a revoked key permanently
 * (PROTOCOL.md#manage-admin-keys).
 */
export const deleteAdminKey: Endpoint = async (request, provider) => {
  const { user: admin } = await requireAdmin(request, provider);
  const id = parseKeyId(request.pathParameters.id);
  const audit = createAuditEventFactory('admin_key_deleted', adminKeyAuditTarget, {
    actor: admin,
    request,
    provider,
  });
  const deleted = await provider.adminKeys.deleteRevoked(id, audit);
  if (deleted) {
    if (!request.wantsJson) return redirectResponse(adminPath('adminKeys', provider), 303);
    return jsonResponse({ success: 'OK' });
  }
  throw new ValetkeyError((await provider.adminKeys.find(id)) ? 'admin_key_is_live' : 'admin_key_not_found');
};
