import { ValetkeyError } from '@valetkey/protocol';
import { isUrlKey } from '../../core/scopes/scope.ts';
import type { Provider } from '../provider.ts';
import type { FeedDefinition } from './feed.ts';

/**
 * The feeds that a request names: one by `feed`, or all of them.
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

/** Why no key can be made for this feed, as the end of a sentence; null if one can. */
export function findFeedObstacle(
  { scope }: FeedDefinition,
  { scopes, settings }: Pick<Provider, 'scopes' | 'settings'>,
): string | null {
  if (!isUrlKey([scope], scopes)) return `its scope ${scope} may not travel in an address`;
  if (!settings.current().allow_user_api_key_scopes.includes(scope)) {
    return `its scope ${scope} is not on the list allow_user_api_key_scopes`;
  }
  return null;
}

/**
 * Of these feeds, those that a key can be made for. One that was asked for by name is never passed over in silence.
 *
 * @throws ValetkeyError `feed_not_available` if there is none
 */
export function pickAvailableFeeds(names: readonly string[], provider: Provider): [string, FeedDefinition][] {
  const obstacles: ValetkeyError[] = [];
  const available: [string, FeedDefinition][] = [];
  for (const name of names) {
    const feed = provider.feeds[name];
    if (!feed) continue;
    const reason = findFeedObstacle(feed, provider);
    if (reason === null) available.push([name, feed]);
    else obstacles.push(new ValetkeyError('feed_not_available', { feed: name, reason }));
  }
  if (available.length === 0 && obstacles[0]) throw obstacles[0];
  return available;
}
