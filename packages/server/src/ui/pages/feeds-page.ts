import { html } from 'hono/html';
import type { FeedState } from '../../issue/feeds/list-feed-states.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField, type Html, layout } from '../parts/layout.ts';
import { appsPath, ownParagraph } from '../parts/own-paths.ts';
import { inWordsDay, inWordsLastUse } from '../parts/words.ts';

/** A feed as it stands for the user. */
interface ShownFeed extends FeedState {
  /** Whether a new address can be made. */
  readonly isOffered: boolean;
}

/** What the page lists. */
export interface FeedsView {
  readonly states: readonly ShownFeed[];
  /** Whether the settings let users make addresses. */
  readonly isAllowed: boolean;
}

/** The feeds of a person: since when, last fetched when and by whom, and how to get, reset or remove the address. */
export function feedsPage({ states, isAllowed }: FeedsView, page: UserPageContext): Html {
  return layout(
    'Feeds',
    html`<h1>Feeds</h1>
      <p>
        A feed has an address of its own, which a calendar program or a feed reader fetches without signing in. The
        address opens that feed and nothing else.
      </p>
      ${isAllowed ? '' : html`<p class="note">This site makes no new addresses at present. Those you have go on working.</p>`}
      <ul class="keys">
        ${states.map((state) => feedItem(state, page))}
      </ul>
      ${ownParagraph(appsPath(page), 'Your apps')}`,
    page,
  );
}

function feedItem(state: ShownFeed, page: UserPageContext): Html {
  const { feed, key, isOffered } = state;
  const { basePath } = page;
  return html`<li>
    <h2><bdi>${feed.sentence}</bdi></h2>
    ${
      key
        ? html`<dl>
            <div><dt>Address made</dt><dd>${inWordsDay(key.createdAt)}</dd></div>
            <div><dt>Last fetched</dt><dd>${inWordsLastUse(key, page.now)}</dd></div>
          </dl>`
        : html`<p>You have no address for it${isOffered ? '' : ', and the site makes none'}.</p>`
    }
    ${key && isOffered ? html`<p>Reset makes a new address; the one you have stops working.</p>` : ''}
    <div class="buttons">
      ${isOffered ? feedForm(`${basePath}/calendar-subscriptions`, key ? 'Reset' : 'Subscribe', state, page) : ''}
      ${key ? feedForm(`${basePath}/user-api-key/revoke`, 'Remove', state, page) : ''}
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
  page: UserPageContext,
): Html {
  return html`<form method="post" action="${action}">
    ${csrfField(page)}
    ${
      label === 'Remove'
        ? html`<input type="hidden" name="id" value="${key?.id}" />`
        : html`<input type="hidden" name="feed" value="${name}" />`
    }
    <button type="submit" aria-label="${label}: ${feed.sentence}">${label}</button>
  </form>`;
}
