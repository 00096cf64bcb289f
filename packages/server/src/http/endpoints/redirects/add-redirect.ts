import { ValetkeyError } from '@valetkey/protocol';
import { adminPath } from '../../../ui/admin/admin-paths.ts';
import { jsonResponse, redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireAdmin } from '../require-admin.ts';

/**
 * `POST /admin/user-api-key-redirects`: adds one pattern to `allowed_user_api_auth_redirects` (PROTOCOL.md#explain-a-redirect).
 * Concurrent changes lose no pattern.
 */
export const addRedirect: Endpoint = async (request, provider) => {
  const { user } = await requireAdmin(request, provider);
  const { pattern } = request.body;
  const text = typeof pattern === 'string' ? pattern.trim() : '';
  // In the setting, `|` separates patterns: the page explained one.
  if (text === '' || text.includes('|'))
    throw new ValetkeyError('parameter_invalid', { parameter: 'pattern' });
  const by = { userId: user.id, ipAddress: request.ipAddress };
  await provider.settings.addItem('allowed_user_api_auth_redirects', text, by);
  if (request.wantsJson) return jsonResponse({ success: 'OK' });
  const query = new URLSearchParams({ pattern: text, added: '1' });
  return redirectResponse(`${adminPath('redirects', provider)}?${query}`, 303);
};
