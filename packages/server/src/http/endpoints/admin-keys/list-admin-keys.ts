import { adminKeysPage } from '../../../ui/admin/admin-keys-page.ts';
import { jsonResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { openAdminPage } from '../open-admin-page.ts';
import { requireAdmin } from '../require-admin.ts';
import { adminKeyShape } from './admin-key-shape.ts';

/** `GET /admin/api/keys`: all admin keys, revoked ones too, newest first; no key itself (PROTOCOL.md section 12). */
export const listAdminKeys: Endpoint = async (request, provider) => {
  if (!request.wantsJson) {
    return openAdminPage(request, provider, async (session) =>
      adminKeysPage(await provider.adminKeys.list(), session, provider),
    );
  }
  await requireAdmin(request, provider);
  const keys = await provider.adminKeys.list();
  return jsonResponse({ keys: await Promise.all(keys.map((key) => adminKeyShape(key, provider))) });
};
