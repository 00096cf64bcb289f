import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField } from '../parts/layout.ts';

const DAY = 86_400;
const EXPIRY_DAYS = [30, 90, 365];
const SELECTED_DAYS = 90;

/** Returns the collapsed form that lets a personal key expire later; nothing if no option would be later. */
export function renewForm(key: KeyRecord, maxDays: number, page: UserPageContext): Html {
  const { apps, personalKeys } = page.t;
  const words = apps.renew;
  const app = key.applicationName;
  const { expiresAt } = key;
  const later = EXPIRY_DAYS.filter(
    (days) => days <= maxDays && expiresAt !== null && page.now + days * DAY * 1000 > expiresAt,
  );
  if (later.length === 0) return html``;
  return html`<details>
    <summary aria-label="${words.renewApp({ app })}">${words.renew}</summary>
    <form method="post" action="${page.basePath}/user-api-key/renew">
      ${csrfField(page)}
      <input type="hidden" name="id" value="${key.id}" />
      <label for="renew-${key.id}">${personalKeys.form.expiry}</label>
      <select id="renew-${key.id}" name="expires_in_seconds">
        ${later.map(
          (days) =>
            html`<option value="${days * DAY}" ${days === SELECTED_DAYS ? 'selected' : ''}>${personalKeys.form.days({ days })}</option>`,
        )}
      </select>
      <button type="submit" aria-label="${words.renewApp({ app })}">${words.renew}</button>
    </form>
  </details>`;
}
