import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { SiteUser } from '../../ports/site.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { appIcon, type FindIcon } from '../parts/app-icon.ts';
import { csrfField } from '../parts/layout.ts';
import { adminLayout, userName } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';
import { type AskedKeys, userKeysFilter } from './user-keys-filter.ts';

/** One page of the active keys of all users. */
export interface UserKeysView {
  readonly keys: readonly KeyRecord[];
  /** The owners of the keys, by id. */
  readonly users: ReadonlyMap<string, SiteUser>;
  readonly asked: AskedKeys;
  readonly findIcon: FindIcon;
  readonly scopeNames: readonly string[];
  /** The query of this page, for the export and the form that revokes. */
  readonly query: string;
  /** The query of the next page; null on the last one. */
  readonly older: string | null;
  /** The number of keys that were just revoked; null if none were requested. */
  readonly revoked: number | null;
}

/** Returns the page on which an admin finds the keys of all users, and revokes one, several or all of a page. */
export function userKeysPage(view: UserKeysView, page: UserPageContext): Html {
  const { keys, query, older, revoked } = view;
  const { userKeys: words } = page.t;
  const path = adminPath('keys', page);
  return adminLayout(
    'keys',
    words.title,
    html`<h1>${words.title}</h1>
      ${revoked === null ? '' : html`<p class="done" role="status">${words.revoked({ count: revoked })}</p>`}
      <p class="fine first">${words.meaning}</p>
      ${userKeysFilter(view.asked, view.scopeNames, page)}
      ${keys.length === 0 ? html`<p role="status">${words.none}</p>` : keyTable(view, path, page)}
      <p class="pages">
        ${keys.length === 0 ? '' : html`<a href="${path}/export${query}">${words.export}</a>`}
        ${older === null ? '' : html`<a href="${path}${older}">${words.older}</a>`}
      </p>`,
    page,
  );
}

function keyTable(view: UserKeysView, path: string, page: UserPageContext): Html {
  const { keys, query, asked } = view;
  const { userKeys: words } = page.t;
  const { columns } = words;
  return html`<form method="post" action="${path}/revoke">
    ${csrfField(page)}
    <input type="hidden" name="query" value="${query}" />
    ${asked.kind === 'oauth' ? html`<input type="hidden" name="kind" value="oauth" />` : ''}
    <div class="wide" tabindex="0" role="region" aria-label="${words.title}"><table>
      <thead><tr>
        <th scope="col">${columns.app}</th><th scope="col">${columns.user}</th><th scope="col">${columns.permissions}</th>
        <th scope="col">${columns.lastUsed}</th><th scope="col">${columns.expires}</th>
      </tr></thead>
      <tbody>${keys.map((key) => keyRow(key, view, page))}</tbody>
    </table></div>
    <p>${asked.kind === 'oauth' ? words.revokeConnectionsMeaning : words.revokeMeaning}</p>
    <div class="buttons">
      <button type="submit">${words.revokeSelected}</button>
      <button type="submit" name="all" value="${keys.map(({ id }) => id).join(',')}">${words.revokeMatching({ count: keys.length })}</button>
    </div>
  </form>`;
}

function keyRow(
  key: KeyRecord,
  { users, findIcon }: Pick<UserKeysView, 'users' | 'findIcon'>,
  page: UserPageContext,
): Html {
  const { t, format, now } = page;
  const { userKeys: words, apps } = t;
  const user = users.get(key.userId)?.username ?? key.userId;
  const app = key.applicationName;
  return html`<tr>
    <td><label class="box"><input type="checkbox" name="id:${key.id}" value="1" aria-label="${words.select({ app, user })}" />
      ${appIcon(findIcon(key), page)}
      <span><bdi>${app}</bdi> <span class="details">${words.by({ kind: apps.kinds[key.kind], created: format.day(key.createdAt) })}</span>
      ${key.authRedirect === null ? '' : html`<code class="address">${key.authRedirect}</code>`}</span></label></td>
    <td>${userName(key.userId, users, page)}</td>
    <td>${key.scopes.map((name) => html`<code>${name}</code> `)}</td>
    <td>${key.lastUsedAt === null ? t.common.never : format.ago(key.lastUsedAt, now)}</td>
    <td>${key.expiresAt === null ? t.common.never : format.day(key.expiresAt)}</td>
  </tr>`;
}
