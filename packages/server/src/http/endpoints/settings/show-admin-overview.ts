import { SHOWN_DAYS, summarizeUses } from '../../../core/key/summarize-uses.ts';
import { overviewPage } from '../../../ui/admin/overview-page.ts';
import { dayOf } from '../../../verify/key-use-counts.ts';
import type { Endpoint } from '../endpoint.ts';
import { openAdminPage } from '../require-admin.ts';

/** `GET /admin/user-api-keys`: shows the admin overview (PROTOCOL.md#settings). */
export const showAdminOverview: Endpoint = (request, provider) =>
  openAdminPage(request, provider, async (page) => {
    const today = dayOf(page.now);
    const changed = provider.settings.list().filter((row) => row.value !== row.default);
    const keys = await provider.adminKeys.list();
    const active = keys.filter(({ revokedAt }) => revokedAt === null);
    return overviewPage(
      {
        changedSettings: changed.length,
        activeAdminKeys: active.length,
        blockedApps: provider.appBlocks.current().all.length,
        settings: provider.settings.current(),
        uses: summarizeUses(await provider.store.sumKeyUses({ sinceDay: today - SHOWN_DAYS + 1 }), today),
      },
      page,
    );
  });
