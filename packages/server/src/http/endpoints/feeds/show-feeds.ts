import { listFeedStates } from '../../../issue/feeds/list-feed-states.ts';
import { feedsPage } from '../../../ui/pages/feeds-page.ts';
import type { Endpoint } from '../endpoint.ts';
import { openOwnPage } from '../keys/open-own-page.ts';

/** `GET /u/:username/preferences/feeds`: a person looks over their feeds (PROTOCOL.md section 10). Never by a key. */
export const showFeeds: Endpoint = (request, provider) =>
  openOwnPage(request, provider, async (session) =>
    feedsPage(await listFeedStates(session.user.id, provider), session, provider),
  );
