import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField } from '../parts/layout.ts';

/** @param button its label names the app, for users of a screen reader */
export function keyForm(
  action: 'revoke' | 'undo-revoke',
  button: { readonly text: string; readonly label: string },
  key: KeyRecord,
  page: UserPageContext,
): Html {
  return html`<form method="post" action="${page.basePath}/user-api-key/${action}">
    ${csrfField(page)}
    <input type="hidden" name="id" value="${key.id}" />
    <button type="submit" aria-label="${button.label}">${button.text}</button>
  </form>`;
}

/** Returns the button that revokes a key. Feeds are removed, as on their own page. */
export function revokeForm(key: KeyRecord, name: string, page: UserPageContext): Html {
  const { apps } = page.t;
  if (key.kind === 'feed')
    return keyForm('revoke', { text: apps.remove, label: apps.removeFeed({ feed: name }) }, key, page);
  const label = key.retiresAt === null ? apps.revokeApp({ app: name }) : apps.revokeOldKey({ app: name });
  return keyForm('revoke', { text: apps.revoke, label }, key, page);
}

/** Returns the form that renames a key. A feed has the name of its definition. */
export function renameForm(key: KeyRecord, page: UserPageContext): Html | '' {
  if (key.kind === 'feed') return '';
  const { rename } = page.t.apps;
  return html`<form method="post" action="${page.basePath}/user-api-key/rename" class="rename">
    ${csrfField(page)}
    <input type="hidden" name="id" value="${key.id}" />
    <label for="name">${rename.label}</label>
    <input id="name" name="application_name" type="text" maxlength="100" required autocomplete="off" value="${key.applicationName}" aria-describedby="about-name" />
    <p id="about-name" class="help">${rename.hint}</p>
    <button type="submit">${rename.rename}</button>
  </form>`;
}
