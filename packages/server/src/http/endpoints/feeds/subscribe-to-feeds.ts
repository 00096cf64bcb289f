import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { feedAuditTarget } from '../../../core/audit/audit-target.ts';
import { parseFeedNames, pickAvailableFeeds } from '../../../issue/feeds/available-feeds.ts';
import { createFeedKey } from '../../../issue/feeds/create-feed-key.ts';
import { feedAddress } from '../../../issue/feeds/feed-url.ts';
import { checkPersonalKeysAllowed } from '../../../issue/personal/personal-keys-allowed.ts';
import { feedAddressesPage, type NewFeedAddress } from '../../../ui/pages/feed-addresses-page.ts';
import { createPageContext } from '../../page-context.ts';
import { jsonResponse, pageResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireSession } from '../require-session.ts';

/**
 * `POST /calendar-subscriptions.json`: creates the URL of one feed or of all, with a key for that feed only. It is
 * shown once and replaces the feed’s earlier URL (PROTOCOL.md#feeds).
 */
export const subscribeToFeeds: Endpoint = async (request, provider) => {
  const session = await requireSession(request, provider);
  const { user } = session;
  checkPersonalKeysAllowed('feeds', user, provider.settings.current());
  // All feeds are checked before the first key is created, so that a rejection replaces nothing.
  const feeds = pickAvailableFeeds(parseFeedNames(request.parameters.feed, provider), provider);
  const audit = createAuditEventFactory('feed_subscribed', feedAuditTarget, {
    actor: user,
    request,
    provider,
  });
  const made: NewFeedAddress[] = [];
  for (const [name, feed] of feeds) {
    const key = await createFeedKey({ name, feed, userId: user.id }, audit, provider);
    made.push({ name, feed, address: feedAddress(feed, user.username, key, provider.site) });
  }
  if (!request.wantsJson)
    return pageResponse(feedAddressesPage(made, await createPageContext(request.raw, session, provider)));
  return jsonResponse({
    urls: Object.fromEntries(made.map(({ name, address }) => [name, address.url])),
    webcal_urls: Object.fromEntries(made.map(({ name, address }) => [name, address.webcalUrl])),
  });
};
