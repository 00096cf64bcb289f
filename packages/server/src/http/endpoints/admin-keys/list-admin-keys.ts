import type { RawParameters } from '@valetkey/protocol';
import type { Provider } from '../../../issue/provider.ts';
import { adminKeysPage } from '../../../ui/admin/admin-keys-page.ts';
import { loadUsers } from '../../load-users.ts';
import { jsonResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { parseKeyId } from '../keys/find-own-key.ts';
import { openAdminPage, requireAdmin } from '../require-admin.ts';
import { adminKeyShape } from './admin-key-shape.ts';

const PAGE = 50;

/**
 * `GET /admin/api/keys?before=`: returns the admin keys, active and revoked, newest first, page by page, without the keys
 * themselves (PROTOCOL.md#manage-admin-keys).
 */
export const listAdminKeys: Endpoint = async (request, provider) => {
  if (!request.wantsJson) {
    return openAdminPage(request, provider, async (page) => {
      const { adminScopes } = provider;
      return adminKeysPage({ ...(await findPage(request.parameters, provider)), adminScopes }, page);
    });
  }
  await requireAdmin(request, provider);
  const { keys, users, more } = await findPage(request.parameters, provider);
  return jsonResponse({ keys: keys.map((key) => adminKeyShape(key, users)), more });
};

async function findPage({ before }: RawParameters, { adminKeys, site }: Provider) {
  const beforeId = before === undefined ? null : parseKeyId(before, 'before');
  const found = await adminKeys.listPage({ beforeId, limit: PAGE + 1 });
  const keys = found.slice(0, PAGE);
  const users = await loadUsers(
    keys.flatMap(({ userId, createdBy }) => [userId, createdBy]),
    site,
  );
  return { keys, users, more: found.length > PAGE ? `?before=${keys.at(-1)?.id}` : null };
}
