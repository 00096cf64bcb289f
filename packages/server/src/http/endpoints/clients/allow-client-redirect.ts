import { ValetkeyError } from '@valetkey/protocol';
import { findExactRedirectPattern } from '../../../core/settings/exact-redirect-pattern.ts';
import { adminPath } from '../../../ui/admin/admin-paths.ts';
import { jsonResponse, redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireAdmin } from '../require-admin.ts';

/**
 * `POST /admin/user-api-key-clients/allow-redirect`: adds a registered client’s redirect to
 * `allowed_user_api_auth_redirects` (PROTOCOL.md#manage-clients). The request repeats the redirect that the admin saw,
 * because a client can be deleted and registered again with another one.
 */
export const allowClientRedirect: Endpoint = async (request, provider) => {
  const { user: admin } = await requireAdmin(request, provider);
  const { client_id, auth_redirect } = request.parameters;
  const client = typeof client_id === 'string' ? await provider.store.findClient(client_id) : null;
  if (!client) throw new ValetkeyError('client_not_registered');
  if (client.authRedirect !== auth_redirect) throw new ValetkeyError('client_redirect_mismatch');
  const pattern = findExactRedirectPattern(client.authRedirect);
  if (pattern === null) {
    throw new ValetkeyError('redirect_pattern_invalid', {
      pattern: client.authRedirect,
      reason: 'not_exact',
    });
  }
  const by = { userId: admin.id, ipAddress: request.ipAddress };
  await provider.settings.addItem('allowed_user_api_auth_redirects', pattern, by);
  if (!request.wantsJson) return redirectResponse(adminPath('clients', provider), 303);
  return jsonResponse({ success: 'OK' });
};
