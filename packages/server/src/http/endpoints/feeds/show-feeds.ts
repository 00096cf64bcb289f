import { findFeedObstacle } from '../../../issue/feeds/available-feeds.ts';
import { listFeedStates } from '../../../issue/feeds/list-feed-states.ts';
import { allowsPersonalKeys } from '../../../issue/personal/personal-keys-allowed.ts';
import { feedsPage } from '../../../ui/pages/feeds-page.ts';
import type { Endpoint } from '../endpoint.ts';
import { openOwnPage } from '../keys/open-own-page.ts';

/** `GET /u/:username/preferences/feeds`: shows the user’s feeds (PROTOCOL.md#feeds). Rejects keys. */
export const showFeeds: Endpoint = (request, provider) =>
  openOwnPage(request, provider, async (page) => {
    const isAllowed = allowsPersonalKeys('feeds', provider.settings.current());
    const states = (await listFeedStates(page.session.user.id, provider)).map((state) => ({
      ...state,
      isOffered: isAllowed && findFeedObstacle(state.feed, provider) === null,
    }));
    return feedsPage({ states, isAllowed }, page);
  });
