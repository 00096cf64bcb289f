import { parseRedirect, ValetkeyError } from '@valetkey/protocol';
import { html } from 'hono/html';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import type { RedirectState } from '../../issue/decide-redirect-state.ts';
import type { RegisteredClient } from '../../ports/client-store.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { appIcon } from '../parts/app-icon.ts';
import { destination } from '../parts/destination.ts';
import { row } from '../parts/key-rows.ts';
import { csrfField } from '../parts/layout.ts';
import { scopeText } from '../parts/scope-text.ts';
import { adminLayout } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';
import { clientIconPath } from './client-icon-page.ts';

/** A client with the number of its active keys, and whether its redirect is allowed. */
export interface ListedClient extends RegisteredClient {
  readonly activeKeys: number;
  /** The hash of its icon; null for none. */
  readonly icon: string | null;
  readonly redirectState: RedirectState;
}

/** The clients of one page, and the query of the next page. */
export interface ClientsView {
  readonly clients: readonly ListedClient[];
  readonly more: string | null;
  /** Whether the settings let any client register. */
  readonly isOpen: boolean;
  readonly scopes: ScopeDefinitions;
}

const REGISTRATION_SETTING = 'allow_user_api_key_client_scopes';

/** Returns the page that lists the registered clients: name, scopes, redirect, origin and active keys. */
export function clientsPage({ clients, more, isOpen, scopes }: ClientsView, page: UserPageContext): Html {
  const { clients: words } = page.t;
  const path = adminPath('clients', page);
  const setting = html`<a href="${adminPath('settings', page)}#${REGISTRATION_SETTING}"><code>${REGISTRATION_SETTING}</code></a>`;
  return adminLayout(
    'clients',
    words.title,
    html`<h1>${words.title}</h1>
      <p>${words.meaning}</p>
      ${isOpen ? '' : html`<p class="note">${words.closed({ setting })}</p>`}
      ${
        clients.length === 0
          ? html`<p>${more === null ? words.none : words.noneOnThisPage}</p>`
          : html`<ul class="keys">${clients.map((client) => clientItem(client, scopes, page))}</ul>`
      }
      ${more === null ? '' : html`<p><a href="${path}${more}">${words.older}</a></p>`}`,
    page,
  );
}

function clientItem(client: ListedClient, scopes: ScopeDefinitions, page: UserPageContext): Html {
  const { t, format } = page;
  const words = t.clients;
  const { clientId, applicationName: app, activeKeys, createdFrom: ipAddress } = client;
  const at = format.dateTime(client.createdAt);
  return html`<li>
    <div class="head">${appIcon(client.icon, page)}<h2><bdi>${app}</bdi></h2></div>
    <ul class="scopes">
      ${client.scopes.map((name) => html`<li>${sentenceOf(name, scopes, page)} <code>${name}</code></li>`)}
    </ul>
    <dl>
      ${row(words.clientId, html`<bdi>${clientId}</bdi>`)}
      ${row(words.keysSentTo, receiver(client, page))}
      ${row(words.registered, words.registeredFrom({ at, ipAddress }))}
      ${row(words.activeKeys, format.number(activeKeys))}
    </dl>
    ${redirectNote(client, page)}
    <p class="links"><a href="${clientIconPath({ kind: 'app', clientId }, page)}">${words.icon.link({ app })}</a>
      <a href="${adminPath('blocks', page)}?${new URLSearchParams({ kind: 'client_id', value: clientId })}#block">${words.block({ app })}</a></p>
    <details>
      <summary>${words.delete({ app })}</summary>
      <p>${words.deleteMeaning({ activeKeys })} ${words.deleteHint}</p>
      <form method="post" action="${adminPath('clients', page)}/delete">
        ${csrfField(page)}
        <input type="hidden" name="client_id" value="${clientId}" />
        <button type="submit" aria-label="${words.deleteRegistrationOf({ app })}">${words.deleteRegistration}</button>
      </form>
    </details>
  </li>`;
}

/** The button repeats the redirect, so that the admin allows the one that this page shows. */
function redirectNote({ redirectState, clientId, authRedirect }: ListedClient, page: UserPageContext): Html {
  const { clients: words } = page.t;
  if (redirectState === 'allowed') return html``;
  if (redirectState === 'not_addable') return html`<p class="note">${words.redirectNotAddable}</p>`;
  const redirect = html`<code class="address">${authRedirect}</code>`;
  return html`<p class="note">${words.redirectNotAllowed}</p>
    <details>
      <summary>${words.allowRedirect}…</summary>
      <p>${words.allowRedirectMeaning({ redirect })}</p>
      <form method="post" action="${adminPath('clients', page)}/allow-redirect">
        ${csrfField(page)}
        <input type="hidden" name="client_id" value="${clientId}" />
        <input type="hidden" name="auth_redirect" value="${authRedirect}" />
        <button type="submit">${words.allowRedirect}</button>
      </form>
    </details>`;
}

const sentenceOf = (name: string, scopes: ScopeDefinitions, page: UserPageContext): string =>
  Object.hasOwn(scopes, name) ? scopeText(name, scopes, page) : page.t.clients.unknownScope;

/** Stored redirects were valid when the client registered; the rules may have become stricter since. */
function receiver({ authRedirect, applicationName }: RegisteredClient, page: UserPageContext): Html {
  const redirect = html`<code class="address">${authRedirect}</code>`;
  try {
    return html`${destination(parseRedirect(authRedirect), applicationName, page)} ${redirect}`;
  } catch (error) {
    if (!(error instanceof ValetkeyError)) throw error;
    return page.t.clients.invalidRedirect({ redirect });
  }
}
