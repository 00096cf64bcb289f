import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField } from '../parts/layout.ts';

const HOUR = 3_600;
const DAY = 86_400;
const SELECTED = DAY;

/** Returns the collapsed form that rotates a personal key and sets the grace period of the old one. */
export function rotateForm(key: KeyRecord, maxGraceDays: number, page: UserPageContext): Html {
  const words = page.t.apps.rotate;
  const app = key.applicationName;
  const periods = [HOUR, DAY, 7 * DAY].filter((seconds) => seconds <= maxGraceDays * DAY);
  return html`<details>
    <summary aria-label="${words.rotateApp({ app })}">${words.rotate}</summary>
    <form method="post" action="${page.basePath}/user-api-key/rotate">
      ${csrfField(page)}
      <input type="hidden" name="id" value="${key.id}" />
      <p>${words.meaning}</p>
      <label for="grace-${key.id}">${words.oldKey}</label>
      <select id="grace-${key.id}" name="grace_seconds">
        <option value="0">${words.stopsNow}</option>
        ${periods.map(
          (seconds) =>
            html`<option value="${seconds}" ${seconds === SELECTED ? 'selected' : ''}>${words.worksFor({ seconds })}</option>`,
        )}
      </select>
      <button type="submit" aria-label="${words.createFor({ app })}">${words.create}</button>
    </form>
  </details>`;
}
