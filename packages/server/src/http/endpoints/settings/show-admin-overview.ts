import { overviewPage } from '../../../ui/admin/overview-page.ts';
import type { Endpoint } from '../endpoint.ts';
import { openAdminPage } from '../require-admin.ts';

/** `GET /admin/user-api-keys`: shows the admin overview (PROTOCOL.md#settings). */
export const showAdminOverview: Endpoint = (request, provider) =>
  openAdminPage(request, provider, async (page) => {
    const changed = provider.settings.list().filter((row) => row.value !== row.default);
    const keys = await provider.adminKeys.list();
    const active = keys.filter(({ revokedAt }) => revokedAt === null);
    return overviewPage(
      {
        changedSettings: changed.length,
        activeAdminKeys: active.length,
        settings: provider.settings.current(),
      },
      page,
    );
  });
