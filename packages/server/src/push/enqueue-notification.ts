import { collectPages } from '../core/collect-pages.ts';
import type { Provider } from '../issue/provider.ts';
import { decidePushKeys, type PushKey } from './decide-push-keys.ts';
import type { PushedNotification } from './push-notification.ts';

/** A push URL that takes nothing for a day keeps this many waiting; then news is dropped, not memory filled. */
const MAX_QUEUED_PER_URL = 10_000;

/**
 * Queues what happened for every app of this person that is to be told, one push for each push URL. Once it has
 * answered, what was queued survives a crash.
 *
 * @returns the push URLs whose queue is full, so that theirs was not queued
 */
export async function enqueueNotification(
  {
    store,
    site,
    settings,
    now,
    randomBytes,
  }: Pick<Provider, 'store' | 'site' | 'settings' | 'now' | 'randomBytes'>,
  userId: string,
  notification: PushedNotification,
): Promise<string[]> {
  // Most sites have no push URLs, and then there is nothing to look up.
  if (settings.current().allowed_user_api_push_urls.length === 0) return [];
  const [user, keys] = await Promise.all([
    site.findUser(userId),
    collectPages((page) => store.listKeys(userId, { ...page, revokedSince: null })),
  ]);
  const groups = Map.groupBy(decidePushKeys(keys, user, settings.current(), now()), ({ pushUrl }) => pushUrl);
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
