import { listFeedStates } from '../../../issue/feeds/list-feed-states.ts';
import { jsonResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireUserSession } from '../require-session.ts';

const isoTime = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

/**
 * `GET /calendar-subscriptions.json`: lists the user’s feeds and their last use (PROTOCOL.md#feeds). Rejects keys.
 */
export const listFeeds: Endpoint = async (request, provider) => {
  const { user } = await requireUserSession(request, provider);
  const states = await listFeedStates(user.id, provider);
  return jsonResponse({
    has_subscription: states.some(({ key }) => key !== null),
    feeds: states.map(({ name, key }) => ({
      name,
      has_subscription: key !== null,
      created_at: isoTime(key?.createdAt ?? null),
      last_fetched_at: isoTime(key?.lastUsedAt ?? null),
      last_fetched_by: key?.lastUsedUserAgent ?? null,
    })),
  });
};
