import { html } from 'hono/html';
import type { FeedDefinition } from '../../issue/feeds/feed.ts';
import type { FeedAddress } from '../../issue/feeds/feed-url.ts';
import type { UserPageContext } from '../page-context.ts';
import { type Html, layout } from '../parts/layout.ts';
import { feedsPath, ownParagraph } from '../parts/own-paths.ts';

/** An address as it was made just now. */
export interface NewFeedAddress {
  readonly name: string;
  readonly feed: FeedDefinition;
  readonly address: FeedAddress;
}

/** The addresses that were made just now, to copy: this is the only time that they are shown. */
export function feedAddressesPage(made: readonly NewFeedAddress[], page: UserPageContext): Html {
  return layout(
    'Your new address',
    html`<h1>Your new address</h1>
      <p class="note">
        It is shown only now. Whoever has it can read this feed as you, so give it to your calendar program or
        feed reader and to nobody else; if it gets about, reset it.
      </p>
      ${made.map(newAddress)}
      <p class="fine" role="status" data-copied></p>
      ${ownParagraph(feedsPath(page), 'All your feeds')}
      <script src="${page.assets}/copy.js" defer></script>`,
    page,
  );
}

function newAddress({ name, feed, address }: NewFeedAddress): Html {
  return html`<label for="address-${name}"><bdi>${feed.sentence}</bdi></label>
    <textarea id="address-${name}" rows="5" readonly spellcheck="false" autocomplete="off">${address.url}</textarea>
    <div class="buttons">
      <button type="button" class="primary" data-copy="address-${name}" aria-label="Copy: ${feed.sentence}" hidden>Copy</button>
    </div>
    <p class="after"><a href="${address.webcalUrl}">Open it in your calendar program</a></p>`;
}
