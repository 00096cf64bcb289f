import { decideReminder } from '../core/notices/decide-reminder.ts';
import type { Notice } from '../core/notices/notice.ts';
import type { Provider } from '../issue/provider.ts';
import { runInBatches } from './run-in-batches.ts';

/**
 * Reports personal keys that expire within 30, 7 or 1 days: each key once for each number of days, however many nodes run it
 * (PROTOCOL.md#notices). A process that is killed right after it has stored a reminder loses it.
 */
export async function remindOfExpiries({
  store,
  now,
  reportNotice,
}: Pick<Provider, 'store' | 'now' | 'reportNotice'>): Promise<void> {
  if (!reportNotice) return;
  await runInBatches(async (batch) => {
    const at = now();
    const { keys, lastId } = await store.takeExpiryReminders({ now: at, ...batch });
    for (const key of keys) {
      const { id: keyId, userId, applicationName, expiresAt } = key;
      const daysLeft = decideReminder(key, at);
      if (daysLeft === null || expiresAt === null) continue;
      const notice: Notice = {
        kind: 'key_expires',
        userId,
        applicationName,
        at,
        keyId,
        daysLeft,
        expiresAt,
      };
      reportNotice(notice);
    }
    return { lastId };
  });
}
