import { grantAsKey } from '../../../core/key/grant-as-key.ts';
import type { KeyRecord } from '../../../core/key/key-record.ts';
import { SHOWN_DAYS, summarizeUses } from '../../../core/key/summarize-uses.ts';
import type { Provider } from '../../../issue/provider.ts';
import { overviewPage, type UnusualKey } from '../../../ui/admin/overview-page.ts';
import { dayOf } from '../../../verify/key-use-counts.ts';
import { countedGrantId } from '../../../verify/user-key-last-used.ts';
import { loadUsers } from '../../load-users.ts';
import type { Endpoint } from '../endpoint.ts';
import { openAdminPage } from '../require-admin.ts';

/** Fewer refusals in 7 days are normal, such as those of an app that lacks one permission. */
const MANY_REFUSALS = 100;
/** On one day. More than a phone has that changes between networks, and its user's other devices. */
const MANY_NETWORKS = 20;
const MAX_KEYS = 5;
/** Some of them may be revoked. */
const MAX_FOUND = 20;

/** `GET /admin/user-api-keys`: shows the admin overview (PROTOCOL.md#settings). */
export const showAdminOverview: Endpoint = (request, provider) =>
  openAdminPage(request, provider, async (page) => {
    const today = dayOf(page.now);
    const changed = provider.settings.list().filter((row) => row.value !== row.default);
    const keys = await provider.adminKeys.list();
    const sinceDay = today - 6;
    const refused = await provider.store.listRefusedKeys({ sinceDay, limit: MAX_FOUND });
    const refusedKeys = await findActive(
      refused.filter(({ count }) => count >= MANY_REFUSALS),
      provider,
    );
    const manyNetworks = { sinceDay, min: MANY_NETWORKS, limit: MAX_FOUND };
    const manyNetworkKeys = await findActive(
      await provider.store.listKeysOfManyNetworks(manyNetworks),
      provider,
    );
    const active = keys.filter(({ revokedAt }) => revokedAt === null);
    return overviewPage(
      {
        changedSettings: changed.length,
        activeAdminKeys: active.length,
        refusedKeys,
        manyNetworkKeys,
        users: await loadUsers(
          [...refusedKeys, ...manyNetworkKeys].map(({ key }) => key.userId),
          provider.site,
        ),
        blockedApps: provider.appBlocks.current().all.length,
        settings: provider.settings.current(),
        uses: summarizeUses(await provider.store.sumKeyUses({ sinceDay: today - SHOWN_DAYS + 1 }), today),
      },
      page,
    );
  });

/** Returns the first of these keys that are active: broken apps, and perhaps stolen keys. */
async function findActive(
  counted: readonly { readonly keyId: number; readonly count: number }[],
  { keys, oauthGrants }: Provider,
): Promise<UnusualKey[]> {
  const find = async (id: number): Promise<KeyRecord | null> => {
    if (id > 0) return keys.find(id);
    const grant = await oauthGrants.find(countedGrantId(id));
    return grant && grantAsKey(grant);
  };
  const found = await Promise.all(
    counted.map(async ({ keyId, count }) => ({ key: await find(keyId), count })),
  );
  return found
    .flatMap(({ key, count }) => (key?.revokedAt === null ? [{ key, count }] : []))
    .slice(0, MAX_KEYS);
}
