import { aboutFeed } from '../../audit/about.ts';
import { auditBy } from '../../audit/audit-by.ts';
import { listFeedStates } from '../../feeds/list-feed-states.ts';
import { parseFeedNames } from '../../feeds/pick-feeds.ts';
import { emptyResponse } from '../../http/responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireSessionToRevoke } from '../require-session.ts';

/**
 * `DELETE /calendar-subscriptions.json`: the address of a feed, or of all, stops working. Allowed whatever the settings
 * say, and also when there was none (PROTOCOL.md section 10).
 */
export const unsubscribeFromFeeds: Endpoint = async (request, provider) => {
  const { user } = await requireSessionToRevoke(request, provider);
  const names = parseFeedNames(request.parameters.feed, provider);
  const audit = auditBy(user, 'feed_unsubscribed', aboutFeed, request, provider);
  for (const { name, key } of await listFeedStates(user.id, provider)) {
    if (key && names.includes(name)) await provider.keys.revoke(key.id, provider.now(), audit);
  }
  return emptyResponse();
};
