import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField, type Html } from '../parts/layout.ts';
import { inWordsDuration } from '../parts/words.ts';

const HOUR = 3_600;
const DAY = 86_400;
const CHOSEN = DAY;

/** A new key in the place of one of one's own, and how long the old one works on; folded up until it is wanted. */
export function rotateForm(key: KeyRecord, maxGraceDays: number, page: UserPageContext): Html {
  const longest = maxGraceDays * DAY;
  const times = [HOUR, DAY, 7 * DAY].filter((seconds) => seconds <= longest);
  return html`<details>
    <summary aria-label="Rotate ${key.applicationName}">Rotate</summary>
    <form method="post" action="${page.basePath}/user-api-key/rotate">
      ${csrfField(page)}
      <input type="hidden" name="id" value="${key.id}" />
      <p>You get a new key that can do the same, for as long as this one could.</p>
      <label for="grace-${key.id}">The old key</label>
      <select id="grace-${key.id}" name="grace_seconds">
        <option value="0">stops at once</option>
        ${times.map(
          (seconds) =>
            html`<option value="${seconds}" ${seconds === CHOSEN ? 'selected' : ''}>works for ${inWordsDuration(seconds)} more</option>`,
        )}
      </select>
      <button type="submit" aria-label="Make the new key of ${key.applicationName}">Make the new key</button>
    </form>
  </details>`;
}
