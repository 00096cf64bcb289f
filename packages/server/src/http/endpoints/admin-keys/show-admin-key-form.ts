import { adminKeyFormPage } from '../../../ui/admin/admin-key-form-page.ts';
import type { Endpoint } from '../endpoint.ts';
import { openAdminPage } from '../require-admin.ts';

/** `GET /admin/api/keys/new`: renders the form that creates an admin key (PROTOCOL.md#manage-admin-keys). */
export const showAdminKeyForm: Endpoint = (request, provider) =>
  openAdminPage(request, provider, (page) => adminKeyFormPage(provider.adminScopes, page));
