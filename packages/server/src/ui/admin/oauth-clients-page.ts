import type { ValetkeyError } from '@valetkey/protocol';
import { html } from 'hono/html';
import type { AppBlock } from '../../core/blocks/app-block.ts';
import type { StoredOauthClient } from '../../ports/oauth-client-store.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { appIcon } from '../parts/app-icon.ts';
import { row } from '../parts/key-rows.ts';
import { copyButton, copyScriptTag, copyStatus } from '../parts/key-to-copy.ts';
import { csrfField } from '../parts/layout.ts';
import { adminLayout } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';
import { clientIconPath } from './client-icon-page.ts';

/** A client with the number of its live grants. */
export interface ListedOauthClient extends StoredOauthClient {
  readonly activeGrants: number;
  /** The hash of its icon; null for none. */
  readonly icon: string | null;
  /** The block of the whole site that covers this client; null if there is none. */
  readonly appBlock: AppBlock | null;
}

/** The clients of one page. */
export interface OauthClientsView {
  readonly clients: readonly ListedOauthClient[];
  /** The query of the next page; null on the last one. */
  readonly more: string | null;
  /** A client that was registered now, with its secret, which only this page shows. */
  readonly created: { readonly client: StoredOauthClient; readonly secret: string | null } | null;
  /** Why the form was rejected, with what was entered; null for an empty form. */
  readonly rejected: {
    readonly error: Pick<ValetkeyError, 'code' | 'details'>;
    readonly values: Readonly<Record<string, string>>;
  } | null;
}

/** Returns the page that lists, registers, blocks and deletes OAuth clients. */
export function oauthClientsPage(view: OauthClientsView, page: UserPageContext): Html {
  const { oauthClients: words } = page.t;
  const { clients, more, created } = view;
  return adminLayout(
    'oauthClients',
    words.title,
    html`<h1>${words.title}</h1>
      <p>${words.meaning}</p>
      ${created ? createdClient(created, page) : ''}
      ${
        clients.length === 0
          ? html`<p>${words.none}</p>`
          : html`<ul class="keys">${clients.map((client) => clientItem(client, page))}</ul>`
      }
      ${more === null ? '' : html`<p><a href="${adminPath('oauthClients', page)}${more}">${words.older}</a></p>`}
      ${registrationForm(view.rejected, page)}`,
    page,
  );
}

function createdClient(
  { client, secret }: NonNullable<OauthClientsView['created']>,
  page: UserPageContext,
): Html {
  const { oauthClients: words } = page.t;
  return html`<div class="note" role="status">
    <p>${words.registered({ app: client.name })}</p>
    <dl>${row(words.clientId, html`<code>${client.clientId}</code>`)}</dl>
    ${
      secret === null
        ? ''
        : html`<label for="secret">${words.secretOnlyNow}</label>
            <textarea id="secret" rows="2" readonly spellcheck="false" autocomplete="off">${secret}</textarea>
            <div class="buttons">${copyButton('secret', words.copySecret, page)}</div>
            ${copyStatus(page)}
            ${copyScriptTag(page)}`
    }
  </div>`;
}

function clientItem(client: ListedOauthClient, page: UserPageContext): Html {
  const { t, format } = page;
  const words = t.oauthClients;
  const { clientId, name: app, kind, blockedAt, appBlock } = client;
  const isBlocked = blockedAt !== null || appBlock !== null;
  const blocksPath = adminPath('blocks', page);
  return html`<li>
    <div class="head">${appIcon(client.icon, page)}<h2><bdi>${app}</bdi></h2></div>
    <p>${words.kinds[kind]} ${!isBlocked ? '' : html`<strong class="badge">${words.blocked}</strong>`}</p>
    ${appBlock === null ? '' : html`<p class="note">${words.blockedEverywhere({ value: appBlock.value, reason: appBlock.reason })} <a href="${blocksPath}">${t.blocks.title}</a></p>`}
    <dl>
      ${row(words.clientId, html`<code class="address">${clientId}</code>`)}
      ${client.redirectUris.length === 0 ? '' : row(words.redirects, format.list(client.redirectUris.map((uri) => html`<code class="address">${uri}</code>`)))}
      ${kind === 'document' ? '' : row(words.authentication, describeAuthentication(client, page))}
      ${row(words.since, format.dateTime(client.createdAt))}
      ${row(words.activeGrants, format.number(client.activeGrants))}
    </dl>
    <p class="links">
      ${kind === 'registered' ? html`<a href="${clientIconPath({ kind: 'oauth', clientId }, page)}">${t.clients.icon.link({ app })}</a>` : ''}
      <a href="${blocksPath}?${new URLSearchParams({ kind: 'client_id', value: clientId })}#block">${words.blockEverywhere({ app })}</a>
    </p>
    <div class="actions">
      ${actionForm(blockedAt === null ? 'block' : 'unblock', client, page)}
      ${kind === 'document' ? actionForm('refresh', client, page) : ''}
      <details>
        <summary>${words.delete}…</summary>
        <p>${words.deleteMeaning}</p>
        ${actionForm('delete', client, page)}
      </details>
    </div>
  </li>`;
}

function describeAuthentication(
  { secretHash, requiresPkce }: StoredOauthClient,
  { t }: UserPageContext,
): string {
  const { public: isPublic, confidential, withoutPkce } = t.oauthClients;
  return secretHash === null ? isPublic : requiresPkce ? confidential : withoutPkce;
}

function actionForm(
  action: 'block' | 'unblock' | 'refresh' | 'delete',
  { clientId, name }: StoredOauthClient,
  page: UserPageContext,
): Html {
  const text = page.t.oauthClients[action];
  return html`<form method="post" action="${adminPath('oauthClients', page)}/${action}">
    ${csrfField(page)}
    <input type="hidden" name="client_id" value="${clientId}" />
    <button type="submit" aria-label="${text}: ${name}">${text}</button>
  </form>`;
}

function registrationForm(rejected: OauthClientsView['rejected'], page: UserPageContext): Html {
  const words = page.t.oauthClients.form;
  const values = rejected?.values ?? {};
  return html`<h2 id="register">${words.heading}</h2>
    ${rejected ? html`<p class="mistake" role="alert">${page.t.common.error.describe(rejected.error.code, rejected.error.details).sentence}</p>` : ''}
    <form method="post" action="${adminPath('oauthClients', page)}#register">
      ${csrfField(page)}
      <label for="name">${words.name}</label>
      <input id="name" name="name" type="text" maxlength="100" required autocomplete="off" value="${values.name ?? ''}" />
      <label for="redirect_uris">${words.redirects}</label>
      <p class="fine hint" id="about-redirects">${words.redirectsHint}</p>
      <textarea id="redirect_uris" name="redirect_uris" rows="3" required spellcheck="false" autocomplete="off" aria-describedby="about-redirects">${values.redirect_uris ?? ''}</textarea>
      <label for="post_logout_redirect_uris">${words.afterSignOut}</label>
      <textarea id="post_logout_redirect_uris" name="post_logout_redirect_uris" rows="2" spellcheck="false" autocomplete="off">${values.post_logout_redirect_uris ?? ''}</textarea>
      <fieldset>
        <legend>${words.kind}</legend>
        <label class="box"><input type="radio" name="kind" value="public" required ${values.kind === 'public' ? 'checked' : ''} /> <span>${words.public}</span></label>
        <label class="box"><input type="radio" name="kind" value="confidential" ${values.kind === 'confidential' ? 'checked' : ''} /> <span>${words.confidential}</span></label>
        <label class="box"><input type="radio" name="kind" value="confidential_without_pkce" ${values.kind === 'confidential_without_pkce' ? 'checked' : ''} /> <span>${words.withoutPkce}</span></label>
      </fieldset>
      <div class="buttons"><button type="submit" class="primary">${words.register}</button></div>
    </form>`;
}
