import { html } from 'hono/html';
import type { AdminKeyRecord } from '../../core/key/admin-key-record.ts';
import type { Provider } from '../../issue/provider.ts';
import type { Session } from '../../ports/site.ts';
import type { Html } from '../parts/layout.ts';
import { inWordsAgo, inWordsDay } from '../parts/words.ts';
import { adminKeyPowers } from './admin-key-powers.ts';
import { adminLayout } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';
import { userName } from './user-name.ts';

/** Every admin key: whom it acts for, what it may do, who made it, when it was used; and how to end it. */
export async function adminKeysPage(
  keys: readonly AdminKeyRecord[],
  session: Session,
  provider: Provider,
): Promise<Html> {
  const live = keys.filter(({ revokedAt }) => revokedAt === null);
  const revoked = keys.filter(({ revokedAt }) => revokedAt !== null);
  const rows = (some: readonly AdminKeyRecord[]) =>
    Promise.all(some.map((key) => keyRow(key, session, provider)));
  return adminLayout(
    'adminKeys',
    'Admin keys',
    html`<div class="bar">
        <h1>Admin keys</h1>
        <a class="button" href="${adminPath('adminKeys', provider)}/new">Make an admin key</a>
      </div>
      <p>For scripts of the site’s own. Whoever has such a key acts as the people it is for, so make each reach as little as will do.</p>
      ${live.length === 0 ? html`<p>None is in force.</p>` : html`<h2>In force</h2><ul class="keys">${await rows(live)}</ul>`}
      ${revoked.length === 0 ? '' : html`<h2>Revoked</h2><ul class="keys">${await rows(revoked)}</ul>`}`,
    provider,
  );
}

async function keyRow(key: AdminKeyRecord, session: Session, provider: Provider): Promise<Html> {
  const now = provider.now();
  const isRevoked = key.revokedAt !== null;
  return html`<li id="key-${key.id}">
    <h3><bdi>${key.description}</bdi></h3>
    ${adminKeyPowers(key, provider)}
    <dl>
      <div><dt>Acts for</dt><dd>${key.userId === null ? 'any user that a request names' : await userName(key.userId, provider)}</dd></div>
      <div><dt>Begins with</dt><dd><code>${key.truncatedKey}…</code></dd></div>
      <div><dt>Made</dt><dd>${inWordsDay(key.createdAt)}, by ${await userName(key.createdBy, provider)}</dd></div>
      <div><dt>Last used</dt><dd>${key.lastUsedAt === null ? 'never' : inWordsAgo(key.lastUsedAt, now)}</dd></div>
      ${key.revokedAt === null ? '' : html`<div><dt>Revoked</dt><dd>${inWordsAgo(key.revokedAt, now)}</dd></div>`}
    </dl>
    <div class="buttons">
      ${isRevoked ? keyForm('undo-revoke', 'Undo', key, session, provider) : keyForm('revoke', 'Revoke', key, session, provider)}
      ${isRevoked ? keyForm('delete', 'Delete for ever', key, session, provider) : ''}
    </div>
  </li>`;
}

/** What the key is for is part of the button for whoever hears the page instead of seeing it. */
function keyForm(
  action: 'revoke' | 'undo-revoke' | 'delete',
  label: string,
  key: AdminKeyRecord,
  session: Session,
  provider: Provider,
): Html {
  return html`<form method="post" action="${adminPath('adminKeys', provider)}/${key.id}/${action}">
    <input type="hidden" name="authenticity_token" value="${session.csrfToken}" />
    <button type="submit" aria-label="${label}: ${key.description}">${label}</button>
  </form>`;
}
