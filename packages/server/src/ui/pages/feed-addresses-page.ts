import { html } from 'hono/html';
import { textIn } from '../../core/localized-text.ts';
import type { FeedDefinition } from '../../issue/feeds/feed.ts';
import type { FeedAddress } from '../../issue/feeds/feed-url.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { copyButton, copyScriptTag, copyStatus } from '../parts/key-to-copy.ts';
import { layout } from '../parts/layout.ts';
import { feedsPath, ownParagraph } from '../parts/own-paths.ts';

/** A new feed URL. */
export interface NewFeedAddress {
  readonly name: string;
  readonly feed: FeedDefinition;
  readonly address: FeedAddress;
}

/** Returns the page that shows new feed URLs once. */
export function feedAddressesPage(created: readonly NewFeedAddress[], page: UserPageContext): Html {
  const { newUrl } = page.t.feeds;
  return layout(
    newUrl.title,
    html`<h1>${newUrl.title}</h1>
      <p class="note">${newUrl.onlyNow}</p>
      ${created.map((each) => newAddress(each, page))}
      ${copyStatus(page)}
      ${ownParagraph(feedsPath(page), page.t.common.yourFeeds)}
      ${copyScriptTag(page)}`,
    page,
  );
}

function newAddress({ name, feed, address }: NewFeedAddress, page: UserPageContext): Html {
  const { newUrl } = page.t.feeds;
  const sentence = textIn(feed.sentence, page.locale);
  const id = `address-${name}`;
  return html`<label for="${id}"><bdi>${sentence}</bdi></label>
    <textarea id="${id}" rows="5" readonly spellcheck="false" autocomplete="off">${address.url}</textarea>
    <div class="buttons">${copyButton(id, newUrl.copy({ feed: sentence }), page)}</div>
    <p class="after"><a href="${address.webcalUrl}">${newUrl.open}</a></p>
    ${address.calendars === null ? '' : calendarLinks(address.calendars, page)}`;
}

/** The other site must not learn the address of this page. */
function calendarLinks(
  { google, outlook }: NonNullable<FeedAddress['calendars']>,
  { t }: UserPageContext,
): Html {
  const { newUrl } = t.feeds;
  return html`<p><a href="${google}" rel="noreferrer">${newUrl.google}</a></p>
    <p><a href="${outlook}" rel="noreferrer">${newUrl.outlook}</a></p>
    <p class="fine">${newUrl.calendarsRead}</p>`;
}
