import type { ValetkeyError } from '@valetkey/protocol';
import { html } from 'hono/html';
import type { IconOwner } from '../../ports/client-icon-store.ts';
import type { PagePaths } from '../../ports/page-paths.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { appIcon } from '../parts/app-icon.ts';
import { csrfField } from '../parts/layout.ts';
import { adminLayout } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';

/** A client that can have an icon. */
export interface IconClient {
  readonly owner: IconOwner;
  readonly name: string;
  /** Whether nobody else can obtain a key or tokens with the id of this client. */
  readonly isProven: boolean;
  /** The hash of its icon; null for none. */
  readonly hash: string | null;
}

/** A client, and why the file was rejected. */
export interface ClientIconView {
  readonly client: IconClient;
  readonly rejected: Pick<ValetkeyError, 'code' | 'details'> | null;
}

/** Returns path and query of the page about the icon of a client. */
export const clientIconPath = ({ kind, clientId }: IconOwner, page: { readonly paths: PagePaths }): string =>
  `${adminPath('clients', page)}/icon?${new URLSearchParams({ kind, client_id: clientId })}`;

/** Returns the page on which an admin uploads, replaces and removes the icon of a client. */
export function clientIconPage({ client, rejected }: ClientIconView, page: UserPageContext): Html {
  const { t } = page;
  const { owner, name: app, hash, isProven } = client;
  const words = t.clients.icon;
  const list = owner.kind === 'app' ? 'clients' : 'oauthClients';
  const [invalid, describedBy] = rejected
    ? [html`aria-invalid="true"`, 'about-icon mistake']
    : ['', 'about-icon'];
  return adminLayout(
    list,
    words.title({ app }),
    html`<div class="title">${appIcon(hash, page)}<h1>${words.heading({ app })}</h1></div>
      <p>${words.meaning} ${isProven ? '' : words.withoutSecret}</p>
      ${hash === null ? html`<p>${words.none}</p>` : removeForm(owner, page)}
      <form method="post" action="${clientIconPath(owner, page)}" enctype="multipart/form-data">
        ${csrfField(page)}
        <label for="icon">${words.file}</label>
        <p class="fine hint" id="about-icon">${words.limits}</p>
        <input id="icon" name="icon" type="file" accept="image/png,image/jpeg,image/webp" required aria-describedby="${describedBy}" ${invalid} />
        ${rejected ? mistake(rejected, page) : ''}
        <div class="buttons"><button type="submit" class="primary">${words.save}</button></div>
      </form>
      <p><a href="${adminPath(list, page)}">${t.admin.pages[list]}</a></p>`,
    page,
  );
}

function mistake({ code, details }: NonNullable<ClientIconView['rejected']>, { t }: UserPageContext): Html {
  const { sentence, advice } = t.common.error.describe(code, details);
  return html`<p class="mistake" id="mistake" role="alert">${sentence} ${advice}</p>`;
}

function removeForm({ kind, clientId }: IconOwner, page: UserPageContext): Html {
  return html`<form method="post" action="${adminPath('clients', page)}/icon/delete">
    ${csrfField(page)}
    <input type="hidden" name="kind" value="${kind}" />
    <input type="hidden" name="client_id" value="${clientId}" />
    <button type="submit">${page.t.clients.icon.remove}</button>
  </form>`;
}
