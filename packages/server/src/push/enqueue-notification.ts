import { collectPages } from '../core/collect-pages.ts';
import type { Provider } from '../issue/provider.ts';
import { decidePushKeys, type PushKey } from './decide-push-keys.ts';
import type { PushedNotification } from './push-notification.ts';

/** If a push URL fails for a day, this many pushes are queued for it; further ones are dropped to bound memory. */
const MAX_QUEUED_PER_URL = 10_000;

/**
 * Queues a notification for each client of this user that receives it: one push per push URL. Once it resolves, the
 * pushes survive a crash.
 *
 * @returns the push URLs whose queue is full; nothing was queued for them
 */
export async function enqueueNotification(
  {
    store,
    site,
    settings,
    appBlocks,
    now,
    randomBytes,
  }: Pick<Provider, 'store' | 'site' | 'settings' | 'appBlocks' | 'now' | 'randomBytes'>,
  userId: string,
  notification: PushedNotification,
): Promise<string[]> {
  // Most sites allow no push URLs and need no query.
  if (settings.current().allowed_user_api_push_urls.length === 0) return [];
  const [user, keys] = await Promise.all([
    site.findUser(userId),
    collectPages((page) => store.listKeys(userId, { ...page, revokedSince: null })),
  ]);
  const current = { ...settings.current(), blocks: appBlocks.current() };
  const groups = Map.groupBy(decidePushKeys(keys, user, current, now()), ({ pushUrl }) => pushUrl);
  const full: string[] = [];
  for (const [pushUrl, group] of groups) {
    const deliveryId = Buffer.from(randomBytes(16)).toString('hex');
    const keyIds = group.map(({ id }: PushKey) => id);
    const push = {
      deliveryId,
      pushUrl,
      userId,
      keyIds,
      notification: JSON.stringify(notification),
      createdAt: now(),
    };
    if (!(await store.enqueuePush(push, MAX_QUEUED_PER_URL))) full.push(pushUrl);
  }
  return full;
}
