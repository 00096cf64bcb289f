import type { KeyRecord } from '../../core/key/key-record.ts';
import { textIn } from '../../core/localized-text.ts';
import type { FeedDefinitions } from '../../issue/feeds/feed.ts';
import type { PageContext } from '../page-context.ts';

/**
 * Returns the name of a key for users. The name of a feed key comes from the feed's definition, in the page's language;
 * it is the feed's id if the site no longer has the feed.
 */
export function keyName(
  { kind, clientId, applicationName }: Pick<KeyRecord, 'kind' | 'clientId' | 'applicationName'>,
  feeds: FeedDefinitions,
  { locale }: PageContext,
): string {
  if (kind !== 'feed') return applicationName;
  const feed = Object.hasOwn(feeds, clientId) ? feeds[clientId] : undefined;
  return feed ? textIn(feed.sentence, locale) : clientId;
}
