import { ValetkeyError } from '@valetkey/protocol';
import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { clientAuditTarget } from '../../../core/audit/audit-target.ts';
import { adminPath } from '../../../ui/admin/admin-paths.ts';
import { jsonResponse, redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireAdmin } from '../require-admin.ts';

/**
 * `POST /admin/user-api-key-clients/delete`: deletes a registered client. Its users’ keys keep working until they are
 * revoked. For new keys it must register again, or request them unregistered (PROTOCOL.md#manage-clients).
 */
export const deleteClient: Endpoint = async (request, provider) => {
  const { user: admin } = await requireAdmin(request, provider);
  const { client_id } = request.parameters;
  const audit = createAuditEventFactory('client_deleted', clientAuditTarget, {
    actor: admin,
    request,
    provider,
  });
  const deleted = typeof client_id === 'string' ? await provider.store.deleteClient(client_id, audit) : null;
  if (!deleted) throw new ValetkeyError('client_not_registered');
  if (!request.wantsJson) return redirectResponse(adminPath('clients', provider), 303);
  return jsonResponse({ success: 'OK' });
};
