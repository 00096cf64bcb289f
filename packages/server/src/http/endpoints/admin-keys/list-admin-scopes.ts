import { textInEnglish } from '../../../core/localized-text.ts';
import { adminScopeParameters } from '../../../core/scopes/admin-scope.ts';
import { jsonResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireAdmin } from '../require-admin.ts';

/**
 * `GET /admin/api/keys/scopes.json`: returns the scopes of granular admin keys, by resource
 * (PROTOCOL.md#scopes-of-an-admin-key).
 */
export const listAdminScopes: Endpoint = async (request, provider) => {
  await requireAdmin(request, provider);
  const rows = Object.entries(provider.adminScopes).map(([scopeId, definition]) => {
    const [resource = '', action = ''] = scopeId.split(':');
    const params = adminScopeParameters(definition);
    return { resource, scope_id: scopeId, key: action, name: textInEnglish(definition.sentence), params };
  });
  return jsonResponse({ scopes: Object.groupBy(rows, ({ resource }) => resource) });
};
