import type { Provider } from '../../../issue/provider.ts';
import type { SettingChanges } from '../../../ui/admin/settings-page.ts';
import { loadUsers } from '../../load-users.ts';

/** So many of the latest changes are examined. An older one is in the audit log only. */
const MAX_EVENTS = 500;

/** Returns who last changed each setting, and when, as far as the audit log has it. */
export async function loadSettingChanges({
  store,
  site,
}: Pick<Provider, 'store' | 'site'>): Promise<SettingChanges> {
  const events = await store.listAuditEvents({
    beforeId: null,
    limit: MAX_EVENTS,
    action: 'setting_changed',
  });
  // Newest first: the last entry of a name is its oldest, so the order is reversed.
  const latest = new Map(events.toReversed().map((event) => [event.subject, event]));
  const users = await loadUsers(
    [...latest.values()].map(({ actorId }) => actorId),
    site,
  );
  return { latest, users };
}
