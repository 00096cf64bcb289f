import { parseRedirect, ValetkeyError } from '@valetkey/protocol';
import { html } from 'hono/html';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import type { RegisteredClient } from '../../ports/client-store.ts';
import type { UserPageContext } from '../page-context.ts';
import { destination } from '../parts/destination.ts';
import { csrfField, type Html } from '../parts/layout.ts';
import { inWordsMinute } from '../parts/words.ts';
import { adminLayout } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';

/** A client with how many keys of it work. */
export interface ListedClient extends RegisteredClient {
  readonly liveKeys: number;
}

/** The clients of one page, and the query of the next one. */
export interface ClientsView {
  readonly clients: readonly ListedClient[];
  readonly more: string | null;
  /** Whether the settings let any app register. */
  readonly isOpen: boolean;
  readonly scopes: ScopeDefinitions;
}

/** Every app that registered itself: what it says it is, where it came from, what it may, and how many use it. */
export function clientsPage({ clients, more, isOpen, scopes }: ClientsView, page: UserPageContext): Html {
  const path = adminPath('clients', page);
  return adminLayout(
    'clients',
    'Registered apps',
    html`<h1>Registered apps</h1>
      <p>
        An app that registers itself is known here by the name, the public key and the redirect that it gave. Nobody
        has looked at them: a registration says that it is the same app as before, not that it is a good one.
      </p>
      ${
        isOpen
          ? ''
          : html`<p class="note">No app can register at present: <a href="${adminPath('settings', page)}#allow_user_api_key_client_scopes"><code>allow_user_api_key_client_scopes</code></a> is empty.</p>`
      }
      ${
        clients.length === 0
          ? html`<p>There are none${more === null ? '' : ' here'}.</p>`
          : html`<ul class="keys">${clients.map((client) => clientRow(client, scopes, page))}</ul>`
      }
      ${more === null ? '' : html`<p><a href="${path}${more}">Older ones</a></p>`}`,
    page,
  );
}

function clientRow(client: ListedClient, scopes: ScopeDefinitions, page: UserPageContext): Html {
  const { clientId, applicationName, liveKeys } = client;
  return html`<li>
    <h2><bdi>${applicationName}</bdi></h2>
    <ul class="scopes">
      ${client.scopes.map((name) => html`<li>${sentenceOf(name, scopes)} <code>${name}</code></li>`)}
    </ul>
    <dl>
      <div><dt>Client id</dt><dd><bdi>${clientId}</bdi></dd></div>
      <div><dt>Answers go to</dt><dd>${whereTo(client)}</dd></div>
      <div><dt>Registered</dt><dd>${inWordsMinute(client.createdAt)}, from <bdi>${client.createdFrom}</bdi></dd></div>
      <div><dt>Live keys</dt><dd>${liveKeys}</dd></div>
    </dl>
    <details>
      <summary>Delete<span class="unseen"> ${applicationName}</span>…</summary>
      <p>${whatDeletingMeans(liveKeys)}</p>
      <form method="post" action="${adminPath('clients', page)}/delete">
        ${csrfField(page)}
        <input type="hidden" name="client_id" value="${clientId}" />
        <button type="submit" aria-label="Delete the registration of ${applicationName}">Delete the registration</button>
      </form>
    </details>
  </li>`;
}

const sentenceOf = (name: string, scopes: ScopeDefinitions): string =>
  (Object.hasOwn(scopes, name) ? scopes[name]?.sentence : undefined) ??
  'Nothing: this site does not know it any more';

/** Stored redirects were checked; the rules may have become stricter since. */
function whereTo({ authRedirect, applicationName }: RegisteredClient): Html {
  try {
    return html`${destination(parseRedirect(authRedirect), applicationName)} <code class="address">${authRedirect}</code>`;
  } catch (error) {
    if (!(error instanceof ValetkeyError)) throw error;
    return html`nowhere: <code class="address">${authRedirect}</code> is not taken any more`;
  }
}

function whatDeletingMeans(liveKeys: number): string {
  const keys =
    liveKeys === 0
      ? 'Nobody has a live key for it.'
      : `${liveKeys === 1 ? 'The key that one person gave it goes' : `The ${liveKeys} keys that people gave it go`} on working until revoked.`;
  return `${keys} To get new ones the app has to register again, which it can where this site lets apps register; to keep it out, look at the settings first.`;
}
