import { html } from 'hono/html';
import { textIn } from '../../core/localized-text.ts';
import type { FeedState } from '../../issue/feeds/list-feed-states.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { lastUse, row } from '../parts/key-rows.ts';
import { csrfField, layout } from '../parts/layout.ts';
import { appsPath, ownParagraph } from '../parts/own-paths.ts';

/** A feed, and the user's key of it. */
interface ShownFeed extends FeedState {
  /** Whether a new URL can be created. */
  readonly isOffered: boolean;
}

/** The feeds that the page lists. */
export interface FeedsView {
  readonly states: readonly ShownFeed[];
  /** Whether the settings let users create feed URLs. */
  readonly isAllowed: boolean;
}

/** Returns the page that lists the site's feeds, with the buttons to create, reset and remove a URL. */
export function feedsPage({ states, isAllowed }: FeedsView, page: UserPageContext): Html {
  const { feeds, common } = page.t;
  return layout(
    feeds.title,
    html`<h1>${feeds.title}</h1>
      <p>${feeds.meaning}</p>
      ${isAllowed ? '' : html`<p class="note">${feeds.notOffered}</p>`}
      ${
        states.length === 0
          ? html`<p>${feeds.none}</p>`
          : html`<ul class="keys">${states.map((state) => feedItem(state, page))}</ul>`
      }
      ${ownParagraph(appsPath(page), common.yourApps)}`,
    page,
  );
}

function feedItem(state: ShownFeed, page: UserPageContext): Html {
  const { key, isOffered } = state;
  const { t, format, locale } = page;
  const words = t.feeds;
  const feed = textIn(state.feed.sentence, locale);
  return html`<li>
    <h2><bdi>${feed}</bdi></h2>
    ${
      key
        ? html`<dl>${row(words.created, format.day(key.createdAt))}${row(words.lastFetched, lastUse(key, page))}</dl>`
        : html`<p>${isOffered ? words.noUrl : words.noUrlNotOffered}</p>`
    }
    ${key && isOffered ? html`<p>${words.resetMeaning}</p>` : ''}
    <div class="buttons">
      ${isOffered && !key ? subscribeForm({ text: words.subscribe, label: words.subscribeTo({ feed }) }, state, page) : ''}
      ${isOffered && key ? subscribeForm({ text: words.reset, label: words.resetFeed({ feed }) }, state, page) : ''}
      ${key ? removeForm(key.id, words.removeFeed({ feed }), page) : ''}
    </div>
  </li>`;
}

/** @param button its label names the feed, for users of a screen reader */
function subscribeForm(
  button: { readonly text: string; readonly label: string },
  { name }: ShownFeed,
  page: UserPageContext,
): Html {
  return html`<form method="post" action="${page.basePath}/calendar-subscriptions">
    ${csrfField(page)}
    <input type="hidden" name="feed" value="${name}" />
    <button type="submit" aria-label="${button.label}">${button.text}</button>
  </form>`;
}

/** A form cannot send DELETE, so the button revokes the key by its id. That can be undone. */
function removeForm(keyId: number, label: string, page: UserPageContext): Html {
  return html`<form method="post" action="${page.basePath}/user-api-key/revoke">
    ${csrfField(page)}
    <input type="hidden" name="id" value="${keyId}" />
    <button type="submit" aria-label="${label}">${page.t.feeds.remove}</button>
  </form>`;
}
