import { html } from 'hono/html';
import { findFeedObstacle } from '../../issue/feeds/available-feeds.ts';
import type { FeedState } from '../../issue/feeds/list-feed-states.ts';
import { allowsPersonalKeys } from '../../issue/personal/personal-keys-allowed.ts';
import type { Provider } from '../../issue/provider.ts';
import type { Session } from '../../ports/site.ts';
import { type Html, layout } from '../parts/layout.ts';
import { appsPath } from '../parts/own-paths.ts';
import { inWordsDay, inWordsLastUse } from '../parts/words.ts';

/** The feeds of a person: since when, last fetched when and by whom, and how to get, reset or remove the address. */
export function feedsPage(states: readonly FeedState[], session: Session, provider: Provider): Html {
  const isAllowed = allowsPersonalKeys('feeds', provider.settings.current());
  return layout(
    'Feeds',
    html`<h1>Feeds</h1>
      <p>
        A feed has an address of its own, which a calendar program or a feed reader fetches without signing in. The
        address opens that feed and nothing else.
      </p>
      ${isAllowed ? '' : html`<p class="note">This site makes no new addresses at present. Those you have go on working.</p>`}
      <ul class="keys">
        ${states.map((state) => feedItem(state, isAllowed && findFeedObstacle(state.feed, provider) === null, session, provider))}
      </ul>
      <p><a href="${appsPath(session, provider)}">Your apps</a></p>`,
    provider,
  );
}

/** @param isOffered whether a new address can be made */
function feedItem(state: FeedState, isOffered: boolean, session: Session, provider: Provider): Html {
  const { feed, key } = state;
  const { basePath } = provider;
  return html`<li>
    <h2><bdi>${feed.sentence}</bdi></h2>
    ${
      key
        ? html`<dl>
            <div><dt>Address made</dt><dd>${inWordsDay(key.createdAt)}</dd></div>
            <div><dt>Last fetched</dt><dd>${inWordsLastUse(key, provider.now())}</dd></div>
          </dl>`
        : html`<p>You have no address for it${isOffered ? '' : ', and the site makes none'}.</p>`
    }
    ${key && isOffered ? html`<p>Reset makes a new address; the one you have stops working.</p>` : ''}
    <div class="buttons">
      ${isOffered ? feedForm(`${basePath}/calendar-subscriptions`, key ? 'Reset' : 'Subscribe', state, session) : ''}
      ${key ? feedForm(`${basePath}/user-api-key/revoke`, 'Remove', state, session) : ''}
    </div>
  </li>`;
}

/**
 * What the feed is called is part of the button for whoever hears the page instead of seeing it. A form cannot DELETE,
 * so Remove revokes the key by its id; that can be undone.
 */
function feedForm(
  action: string,
  label: 'Subscribe' | 'Reset' | 'Remove',
  { name, feed, key }: FeedState,
  session: Session,
): Html {
  return html`<form method="post" action="${action}">
    <input type="hidden" name="authenticity_token" value="${session.csrfToken}" />
    ${
      label === 'Remove'
        ? html`<input type="hidden" name="id" value="${key?.id}" />`
        : html`<input type="hidden" name="feed" value="${name}" />`
    }
    <button type="submit" aria-label="${label}: ${feed.sentence}">${label}</button>
  </form>`;
}
