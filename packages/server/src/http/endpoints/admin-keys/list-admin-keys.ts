import type { Provider } from '../../../issue/provider.ts';
import { adminKeysPage } from '../../../ui/admin/admin-keys-page.ts';
import { loadUsers } from '../../load-users.ts';
import { jsonResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { openAdminPage, requireAdmin } from '../require-admin.ts';
import { adminKeyShape } from './admin-key-shape.ts';

/**
 * `GET /admin/api/keys`: returns all admin keys, active and revoked, newest first, without the keys themselves
 * (PROTOCOL.md#manage-admin-keys).
 */
export const listAdminKeys: Endpoint = async (request, provider) => {
  if (!request.wantsJson) {
    return openAdminPage(request, provider, async (page) => {
      const { adminScopes } = provider;
      return adminKeysPage({ ...(await findKeys(provider)), adminScopes }, page);
    });
  }
  await requireAdmin(request, provider);
  const { keys, users } = await findKeys(provider);
  return jsonResponse({ keys: keys.map((key) => adminKeyShape(key, users)) });
};

async function findKeys({ adminKeys, site }: Provider) {
  const keys = await adminKeys.list();
  const users = await loadUsers(
    keys.flatMap(({ userId, createdBy }) => [userId, createdBy]),
    site,
  );
  return { keys, users };
}
