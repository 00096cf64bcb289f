import { clientIconPage } from '../../../ui/admin/client-icon-page.ts';
import { iconPath } from '../../../ui/parts/app-icon.ts';
import { createPageContext } from '../../page-context.ts';
import { jsonResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { openAdminPage, requireAdmin } from '../require-admin.ts';
import { requireIconClient } from './find-icon-client.ts';

/** `GET /admin/user-api-key-clients/icon?kind=&client_id=`: shows the icon of a client, and the form that replaces it. */
export const showClientIcon: Endpoint = async (request, provider) => {
  if (!request.wantsJson) {
    return openAdminPage(request, provider, async (page) =>
      clientIconPage({ client: await requireIconClient(request.parameters, provider), rejected: null }, page),
    );
  }
  const session = await requireAdmin(request, provider);
  const { hash } = await requireIconClient(request.parameters, provider);
  const page = await createPageContext(request.raw, session, provider);
  return jsonResponse({ icon: hash && iconPath(hash, page) });
};
