import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { Provider } from '../../issue/provider.ts';
import type { Session } from '../../ports/site.ts';
import type { Html } from '../parts/layout.ts';
import { inWordsDuration } from '../parts/words.ts';

const HOUR = 3_600;
const DAY = 86_400;
const CHOSEN = DAY;

/** A new key in the place of one of one's own, and how long the old one works on; folded up until it is wanted. */
export function rotateForm(key: KeyRecord, session: Session, { basePath, settings }: Provider): Html {
  const longest = settings.current().max_user_api_key_rotation_grace_days * DAY;
  const times = [HOUR, DAY, 7 * DAY].filter((seconds) => seconds <= longest);
  return html`<details>
    <summary aria-label="Rotate ${key.applicationName}">Rotate</summary>
    <form method="post" action="${basePath}/user-api-key/rotate">
      <input type="hidden" name="authenticity_token" value="${session.csrfToken}" />
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
