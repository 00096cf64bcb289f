import { ValetkeyError } from '@valetkey/protocol';
import { recordEvent } from '../../audit/record-event.ts';
import { jsonResponse, redirectResponse } from '../../http/responses.ts';
import { adminPath } from '../../pages/admin/admin-paths.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireAdmin } from '../require-admin.ts';

/**
 * `POST /admin/user-api-key-clients/delete`: the site no longer knows this client. Keys that people gave it go on
 * working until they are revoked; for new ones it has to register again, or ask as an app that is not registered
 * (PROTOCOL.md section 9).
 */
export const deleteClient: Endpoint = async (request, provider) => {
  const admin = await requireAdmin(request, provider);
  const { client_id } = request.parameters;
  const deleted = typeof client_id === 'string' ? await provider.store.deleteClient(client_id) : null;
  if (!deleted) throw new ValetkeyError('client_not_registered');
  await recordEvent(provider, request, admin, { action: 'client_deleted', subject: deleted.clientId });
  if (!request.wantsJson) return redirectResponse(adminPath('clients', provider), 303);
  return jsonResponse({ success: 'OK' });
};
