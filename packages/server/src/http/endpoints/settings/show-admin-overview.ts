import { grantAsKey } from '../../../core/key/grant-as-key.ts';
import type { KeyRecord } from '../../../core/key/key-record.ts';
import { SHOWN_DAYS, summarizeUses } from '../../../core/key/summarize-uses.ts';
import type { Provider } from '../../../issue/provider.ts';
import { overviewPage, type RefusedKey } from '../../../ui/admin/overview-page.ts';
import { dayOf } from '../../../verify/key-use-counts.ts';
import { countedGrantId } from '../../../verify/user-key-last-used.ts';
import { loadUsers } from '../../load-users.ts';
import type { Endpoint } from '../endpoint.ts';
import { openAdminPage } from '../require-admin.ts';

/** Fewer refusals in 7 days are normal, such as those of an app that lacks one permission. */
const MANY_REFUSALS = 100;
const MAX_KEYS = 5;

/** `GET /admin/user-api-keys`: shows the admin overview (PROTOCOL.md#settings). */
export const showAdminOverview: Endpoint = (request, provider) =>
  openAdminPage(request, provider, async (page) => {
    const today = dayOf(page.now);
    const changed = provider.settings.list().filter((row) => row.value !== row.default);
    const keys = await provider.adminKeys.list();
    const refusedKeys = await findRefusedKeys(today, provider);
    const active = keys.filter(({ revokedAt }) => revokedAt === null);
    return overviewPage(
      {
        changedSettings: changed.length,
        activeAdminKeys: active.length,
        refusedKeys,
        users: await loadUsers(
          refusedKeys.map(({ key }) => key.userId),
          provider.site,
        ),
        blockedApps: provider.appBlocks.current().all.length,
        settings: provider.settings.current(),
        uses: summarizeUses(await provider.store.sumKeyUses({ sinceDay: today - SHOWN_DAYS + 1 }), today),
      },
      page,
    );
  });

/** Returns the active keys with the most refusals of 7 days: broken apps, and attempts at more than a key allows. */
async function findRefusedKeys(today: number, { store, keys, oauthGrants }: Provider): Promise<RefusedKey[]> {
  const find = async (id: number): Promise<KeyRecord | null> => {
    if (id > 0) return keys.find(id);
    const grant = await oauthGrants.find(countedGrantId(id));
    return grant && grantAsKey(grant);
  };
  const refused = await store.listRefusedKeys({ sinceDay: today - 6, limit: 20 });
  const found = await Promise.all(
    refused
      .filter(({ count }) => count >= MANY_REFUSALS)
      .map(async ({ keyId, count }) => ({ key: await find(keyId), count })),
  );
  return found
    .flatMap(({ key, count }) => (key?.revokedAt === null ? [{ key, count }] : []))
    .slice(0, MAX_KEYS);
}
