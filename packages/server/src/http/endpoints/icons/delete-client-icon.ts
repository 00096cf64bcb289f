import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { clientAuditTarget } from '../../../core/audit/audit-target.ts';
import { clientIconPath } from '../../../ui/admin/client-icon-page.ts';
import { jsonResponse, redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireAdmin } from '../require-admin.ts';
import { requireIconClient } from './find-icon-client.ts';

/**
 * `POST /admin/user-api-key-clients/icon/delete`: removes the icon of the client `kind` and `client_id`. Succeeds if it has
 * none (PROTOCOL.md#icons).
 */
export const deleteClientIcon: Endpoint = async (request, provider) => {
  const { user: actor } = await requireAdmin(request, provider);
  const { owner } = await requireIconClient(request.body, provider);
  const audit = createAuditEventFactory('client_icon_deleted', clientAuditTarget, {
    actor,
    request,
    provider,
  });
  await provider.store.deleteClientIcon(owner, audit);
  if (request.wantsJson) return jsonResponse({ success: 'OK' });
  return redirectResponse(clientIconPath(owner, provider), 303);
};
