import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { FeedDefinitions } from '../../issue/feeds/feed.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { keyName } from '../parts/key-name.ts';
import { csrfField, layout } from '../parts/layout.ts';
import { appsPath, ownParagraph } from '../parts/own-paths.ts';

/** Returns the page after a key was revoked, with the button to undo it. */
export function revokedPage(key: KeyRecord, feeds: FeedDefinitions, page: UserPageContext): Html {
  const { common, apps } = page.t;
  return layout(
    apps.revoked.title,
    html`<h1>${apps.revoked.title}</h1>
      <p>${describeRevoked(key, feeds, page)}</p>
      ${key.retiresAt === null ? undoForm(key, page) : html`<p>${apps.revoked.newerKey}</p>`}
      ${ownParagraph(appsPath(page), common.yourApps)}`,
    page,
  );
}

function undoForm(key: KeyRecord, page: UserPageContext): Html {
  return html`<form method="post" action="${page.basePath}/user-api-key/undo-revoke">
    ${csrfField(page)}
    <input type="hidden" name="id" value="${key.id}" />
    <div class="buttons"><button type="submit">${page.t.apps.undo}</button></div>
  </form>`;
}

/** Returns the page after a revocation was undone. */
export function restoredPage(key: KeyRecord, feeds: FeedDefinitions, page: UserPageContext): Html {
  const { common, apps } = page.t;
  const name = keyName(key, feeds, page);
  const { restored } = apps;
  return layout(
    restored.title,
    html`<h1>${restored.title}</h1>
      <p>${key.kind === 'feed' ? restored.feed({ feed: name }) : restored.app({ app: name })}</p>
      ${ownParagraph(appsPath(page), common.yourApps)}`,
    page,
  );
}

function describeRevoked(key: KeyRecord, feeds: FeedDefinitions, page: UserPageContext): Html {
  const { revoked } = page.t.apps;
  const name = keyName(key, feeds, page);
  if (key.retiresAt !== null) return revoked.oldKey({ app: name });
  return key.kind === 'feed' ? revoked.feed({ feed: name }) : revoked.app({ app: name });
}
