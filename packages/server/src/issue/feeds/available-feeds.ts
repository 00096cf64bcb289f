import { ValetkeyError } from '@valetkey/protocol';
import type { Reason } from '../../core/reason.ts';
import { isUrlKey } from '../../core/scopes/scope.ts';
import type { Provider } from '../provider.ts';
import type { FeedDefinition } from './feed.ts';

/**
 * Returns the feeds that a request names: the one in `feed`, or all.
 *
 * @throws ValetkeyError `feed_unknown`
 */
export function parseFeedNames(feed: unknown, { feeds }: Pick<Provider, 'feeds'>): string[] {
  if (feed === undefined) return Object.keys(feeds);
  if (typeof feed !== 'string' || !Object.hasOwn(feeds, feed)) {
    throw new ValetkeyError('feed_unknown', { known_feeds: Object.keys(feeds) });
  }
  return [feed];
}

/** Returns why no key can be created for this feed; null if one can. */
export function findFeedObstacle(
  { scope }: FeedDefinition,
  { scopes, settings }: Pick<Provider, 'scopes' | 'settings'>,
): Reason | null {
  if (!isUrlKey([scope], scopes)) return { reason: 'scope_not_for_urls', scope };
  if (!settings.current().allow_user_api_key_scopes.includes(scope)) {
    return { reason: 'scope_not_enabled', scope };
  }
  return null;
}

/**
 * Returns those of these feeds that a key can be created for.
 *
 * @throws ValetkeyError `feed_not_available` if there is none, also for a single feed
 */
export function pickAvailableFeeds(names: readonly string[], provider: Provider): [string, FeedDefinition][] {
  const obstacles: ValetkeyError[] = [];
  const available: [string, FeedDefinition][] = [];
  for (const name of names) {
    const feed = provider.feeds[name];
    if (!feed) continue;
    const obstacle = findFeedObstacle(feed, provider);
    if (obstacle === null) available.push([name, feed]);
    else obstacles.push(new ValetkeyError('feed_not_available', { feed: name, ...obstacle }));
  }
  if (available.length === 0 && obstacles[0]) throw obstacles[0];
  return available;
}
