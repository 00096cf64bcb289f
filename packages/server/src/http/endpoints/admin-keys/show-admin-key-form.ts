import { adminKeyFormPage } from '../../../ui/admin/admin-key-form-page.ts';
import type { Endpoint } from '../endpoint.ts';
import { openAdminPage } from '../require-admin.ts';

/** `GET /admin/api/keys/new`: the form that an admin key is made with (PROTOCOL.md section 12). */
export const showAdminKeyForm: Endpoint = (request, provider) =>
  openAdminPage(request, provider, (page) => adminKeyFormPage(provider.adminScopes, page));
