import { settingsPage } from '../../../ui/admin/settings-page.ts';
import { jsonResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { openAdminPage, requireAdmin } from '../require-admin.ts';
import { loadSettingChanges } from './load-setting-changes.ts';
import { parseSettingsQuery } from './parse-settings-query.ts';

/** `GET /admin/user-api-key-settings`: shows all settings with description and value (PROTOCOL.md#settings). */
export const showSettings: Endpoint = async (request, provider) => {
  if (!request.wantsJson) {
    return openAdminPage(
      request,
      provider,
      async (page) =>
        settingsPage(
          {
            rows: provider.settings.list(),
            query: parseSettingsQuery(request.raw.url),
            changes: await loadSettingChanges(provider),
          },
          page,
        ),
      {
        canFetch: true,
      },
    );
  }
  await requireAdmin(request, provider);
  return jsonResponse({ settings: provider.settings.list() });
};
