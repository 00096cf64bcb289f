import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { feedAuditTarget } from '../../../core/audit/audit-target.ts';
import { parseFeedNames } from '../../../issue/feeds/available-feeds.ts';
import { listFeedStates } from '../../../issue/feeds/list-feed-states.ts';
import { emptyResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireSessionToRevoke } from '../require-session.ts';

/**
 * `DELETE /calendar-subscriptions.json`: revokes the URL of one feed or of all. Allowed whatever the settings, also
 * if there is no URL (PROTOCOL.md#feeds).
 */
export const unsubscribeFromFeeds: Endpoint = async (request, provider) => {
  const { user } = await requireSessionToRevoke(request, provider);
  const names = parseFeedNames(request.parameters.feed, provider);
  const audit = createAuditEventFactory('feed_unsubscribed', feedAuditTarget, {
    actor: user,
    request,
    provider,
  });
  for (const { name, key } of await listFeedStates(user.id, provider)) {
    if (key && names.includes(name)) await provider.keys.revoke(key.id, provider.now(), audit);
  }
  return emptyResponse();
};
