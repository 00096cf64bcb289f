import { html } from 'hono/html';
import type { AdminKeyRecord } from '../../core/key/admin-key-record.ts';
import type { AdminScopeDefinitions } from '../../core/scopes/admin-scope.ts';
import type { SiteUser } from '../../ports/site.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { row } from '../parts/key-rows.ts';
import { csrfField } from '../parts/layout.ts';
import { adminKeyPermissions } from './admin-key-permissions.ts';
import { adminLayout, userName } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';

/** The keys that the page lists. */
export interface AdminKeysView {
  readonly keys: readonly AdminKeyRecord[];
  /** The query of the next page; null on the last one. */
  readonly more: string | null;
  /** The users that the keys act as, and the admins that created them, by id. */
  readonly users: ReadonlyMap<string, SiteUser>;
  readonly adminScopes: AdminScopeDefinitions;
}

/** Returns the page that lists the admin keys: user, permissions, creator, last use, and the buttons to revoke them. */
export function adminKeysPage(view: AdminKeysView, page: UserPageContext): Html {
  const { keys } = view;
  const { adminKeys: words } = page.t;
  const active = keys.filter(({ revokedAt }) => revokedAt === null);
  const revoked = keys.filter(({ revokedAt }) => revokedAt !== null);
  const items = (some: readonly AdminKeyRecord[]) => some.map((key) => keyItem(key, view, page));
  return adminLayout(
    'adminKeys',
    words.title,
    html`<div class="bar">
        <h1>${words.title}</h1>
        <a class="button" href="${adminPath('adminKeys', page)}/new">${words.create}</a>
      </div>
      <p>${words.meaning}</p>
      ${active.length === 0 ? html`<p>${words.none}</p>` : html`<h2>${words.active}</h2><ul class="keys">${items(active)}</ul>`}
      ${revoked.length === 0 ? '' : html`<h2>${words.revoked}</h2><ul class="keys">${items(revoked)}</ul>`}
      ${view.more === null ? '' : html`<p><a href="${adminPath('adminKeys', page)}${view.more}">${words.older}</a></p>`}`,
    page,
  );
}

function keyItem(key: AdminKeyRecord, { users, adminScopes }: AdminKeysView, page: UserPageContext): Html {
  const { t, format, now } = page;
  const { adminKeys: words, common } = t;
  const { description, revokedAt, lastUsedAt } = key;
  const createdBy = userName(key.createdBy, users, page);
  return html`<li id="key-${key.id}">
    <h3><bdi>${description}</bdi></h3>
    ${adminKeyPermissions(key, adminScopes, page)}
    <dl>
      ${row(words.actsAs, key.userId === null ? words.anyUser : userName(key.userId, users, page))}
      ${row(words.startsWith, html`<code>${key.truncatedKey}…</code>`)}
      ${row(words.created, words.createdBy({ day: format.day(key.createdAt), user: createdBy }))}
      ${row(words.lastUsed, lastUsedAt === null ? common.never : format.ago(lastUsedAt, now))}
      ${revokedAt === null ? '' : row(words.revoked, format.ago(revokedAt, now))}
    </dl>
    <div class="buttons">
      ${
        revokedAt === null
          ? keyForm('revoke', { text: words.revoke, label: words.revokeKey({ description }) }, key, page)
          : html`${keyForm('undo-revoke', { text: words.undo, label: words.undoKey({ description }) }, key, page)}
              ${keyForm('delete', { text: words.delete, label: words.deleteKey({ description }) }, key, page)}`
      }
    </div>
  </li>`;
}

/** @param button its label names the key, for users of a screen reader */
function keyForm(
  action: 'revoke' | 'undo-revoke' | 'delete',
  button: { readonly text: string; readonly label: string },
  key: AdminKeyRecord,
  page: UserPageContext,
): Html {
  return html`<form method="post" action="${adminPath('adminKeys', page)}/${key.id}/${action}">
    ${csrfField(page)}
    <button type="submit" aria-label="${button.label}">${button.text}</button>
  </form>`;
}
