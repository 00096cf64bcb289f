import { html } from 'hono/html';
import type { FeedDefinition } from '../../issue/feeds/feed.ts';
import type { FeedAddress } from '../../issue/feeds/feed-url.ts';
import type { Provider } from '../../issue/provider.ts';
import type { Session } from '../../ports/site.ts';
import { type Html, layout } from '../parts/layout.ts';
import { feedsPath } from '../parts/own-paths.ts';

/** An address as it was made just now. */
export interface NewFeedAddress {
  readonly name: string;
  readonly feed: FeedDefinition;
  readonly address: FeedAddress;
}

/** The addresses that were made just now, to copy: this is the only time that they are shown. */
export function feedAddressesPage(
  made: readonly NewFeedAddress[],
  session: Session,
  provider: Provider,
): Html {
  return layout(
    'Your new address',
    html`<h1>Your new address</h1>
      <p class="note">
        It is shown only now. Whoever has it can read this feed as you, so give it to your calendar program or
        feed reader and to nobody else; if it gets about, reset it.
      </p>
      ${made.map(newAddress)}
      <p class="fine" role="status" data-copied></p>
      <p><a href="${feedsPath(session, provider)}">All your feeds</a></p>
      <script src="${provider.basePath}/user-api-key/assets/copy.js" defer></script>`,
    provider,
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
