import { type FeedAddress, feedAddress } from '../../feeds/feed-address.ts';
import { parseFeedNames, pickAvailableFeeds } from '../../feeds/pick-feeds.ts';
import { jsonResponse } from '../../http/responses.ts';
import { makeOwnKey } from '../../keys/make-own-key.ts';
import { checkOwnKey } from '../../steps/check-own-key.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireSession } from '../require-session.ts';

/**
 * `POST /calendar-subscriptions.json`: a person gets the address of a feed, or of all, with a key in it that opens
 * nothing else. Shown once; the earlier address of that feed stops working, and no other (PROTOCOL.md section 10).
 */
export const subscribeToFeeds: Endpoint = async (request, provider) => {
  const { user } = await requireSession(request, provider);
  checkOwnKey('feeds', user, provider.settings.current());
  // All of them before the first is made: what is refused has replaced nothing.
  const feeds = pickAvailableFeeds(parseFeedNames(request.parameters.feed, provider), provider);
  const addresses: [string, FeedAddress][] = [];
  for (const [name, feed] of feeds) {
    const { key } = await makeOwnKey(
      {
        userId: user.id,
        kind: 'feed',
        clientId: name,
        applicationName: feed.sentence,
        scopes: [feed.scope],
        isUrlKey: true,
        expiresAt: null,
      },
      provider,
    );
    addresses.push([name, feedAddress(feed, user.username, key, provider.site)]);
  }
  return jsonResponse({
    urls: Object.fromEntries(addresses.map(([name, { url }]) => [name, url])),
    webcal_urls: Object.fromEntries(addresses.map(([name, { webcalUrl }]) => [name, webcalUrl])),
  });
};
