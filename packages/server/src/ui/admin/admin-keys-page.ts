import { html } from 'hono/html';
import type { AdminKeyRecord } from '../../core/key/admin-key-record.ts';
import type { AdminScopeDefinitions } from '../../core/scopes/admin-scope.ts';
import type { SiteUser } from '../../ports/site.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField, type Html } from '../parts/layout.ts';
import { inWordsAgo, inWordsDay } from '../parts/words.ts';
import { adminKeyPowers } from './admin-key-powers.ts';
import { adminLayout, userName } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';

/** What the page lists. */
export interface AdminKeysView {
  readonly keys: readonly AdminKeyRecord[];
  /** The users that the keys act for, and those that made them, by id. */
  readonly users: ReadonlyMap<string, SiteUser>;
  readonly adminScopes: AdminScopeDefinitions;
}

/** Every admin key: whom it acts for, what it may do, who made it, when it was used; and how to end it. */
export function adminKeysPage(view: AdminKeysView, page: UserPageContext): Html {
  const { keys } = view;
  const live = keys.filter(({ revokedAt }) => revokedAt === null);
  const revoked = keys.filter(({ revokedAt }) => revokedAt !== null);
  const rows = (some: readonly AdminKeyRecord[]) => some.map((key) => keyRow(key, view, page));
  return adminLayout(
    'adminKeys',
    'Admin keys',
    html`<div class="bar">
        <h1>Admin keys</h1>
        <a class="button" href="${adminPath('adminKeys', page)}/new">Make an admin key</a>
      </div>
      <p>For scripts of the site’s own. Whoever has such a key acts as the people it is for, so make each reach as little as will do.</p>
      ${live.length === 0 ? html`<p>None is in force.</p>` : html`<h2>In force</h2><ul class="keys">${rows(live)}</ul>`}
      ${revoked.length === 0 ? '' : html`<h2>Revoked</h2><ul class="keys">${rows(revoked)}</ul>`}`,
    page,
  );
}

function keyRow(key: AdminKeyRecord, { users, adminScopes }: AdminKeysView, page: UserPageContext): Html {
  const now = page.now;
  const isRevoked = key.revokedAt !== null;
  return html`<li id="key-${key.id}">
    <h3><bdi>${key.description}</bdi></h3>
    ${adminKeyPowers(key, adminScopes)}
    <dl>
      <div><dt>Acts for</dt><dd>${key.userId === null ? 'any user that a request names' : userName(key.userId, users)}</dd></div>
      <div><dt>Begins with</dt><dd><code>${key.truncatedKey}…</code></dd></div>
      <div><dt>Made</dt><dd>${inWordsDay(key.createdAt)}, by ${userName(key.createdBy, users)}</dd></div>
      <div><dt>Last used</dt><dd>${key.lastUsedAt === null ? 'never' : inWordsAgo(key.lastUsedAt, now)}</dd></div>
      ${key.revokedAt === null ? '' : html`<div><dt>Revoked</dt><dd>${inWordsAgo(key.revokedAt, now)}</dd></div>`}
    </dl>
    <div class="buttons">
      ${isRevoked ? keyForm('undo-revoke', 'Undo', key, page) : keyForm('revoke', 'Revoke', key, page)}
      ${isRevoked ? keyForm('delete', 'Delete for ever', key, page) : ''}
    </div>
  </li>`;
}

/** What the key is for is part of the button for whoever hears the page instead of seeing it. */
function keyForm(
  action: 'revoke' | 'undo-revoke' | 'delete',
  label: string,
  key: AdminKeyRecord,
  page: UserPageContext,
): Html {
  return html`<form method="post" action="${adminPath('adminKeys', page)}/${key.id}/${action}">
    ${csrfField(page)}
    <button type="submit" aria-label="${label}: ${key.description}">${label}</button>
  </form>`;
}
