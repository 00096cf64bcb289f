import { html } from 'hono/html';
import { effectiveExpiry, isExpired } from '../../core/key/key-state.ts';
import type { CreatedPersonalKey } from '../../issue/personal/create-personal-key.ts';
import type { RotatedKey } from '../../issue/personal/rotate-personal-key.ts';
import type { UserPageContext } from '../page-context.ts';
import { keyToCopy } from '../parts/key-to-copy.ts';
import { type Html, layout } from '../parts/layout.ts';
import { appsPath, ownLink } from '../parts/own-paths.ts';
import { inWordsMinute } from '../parts/words.ts';

/** A key that was just made. */
export const personalKeyPage = (made: CreatedPersonalKey, page: UserPageContext): Html =>
  keyPage('Your new key', made, '', page);

/** The key in the place of another, and what becomes of that one. */
export function rotatedKeyPage({ retiring, ...made }: RotatedKey, page: UserPageContext): Html {
  const lives = !isExpired(retiring, page.now);
  const fate = lives
    ? html`<p>The old key works until ${inWordsMinute(effectiveExpiry(retiring))}. Replace it everywhere before then.</p>`
    : html`<p>The old key does not work any more. Replace it wherever it is used.</p>`;
  return keyPage('Your key was rotated', made, fate, page);
}

/** The key, this once, and a line that tries it out. */
function keyPage(
  title: string,
  { key, record }: CreatedPersonalKey,
  fate: Html | string,
  page: UserPageContext,
): Html {
  const base = page.site.baseUrl.replace(/\/$/, '');
  const curl = `curl -H 'User-Api-Key: ${key}' '${base}/user-api-key/current.json'`;
  return layout(
    title,
    html`<h1>Your key for <bdi>${record.applicationName}</bdi></h1>
      <p class="note">It is shown only now. Copy it to where you need it, and give it to nobody.</p>
      ${fate}
      ${keyToCopy(key, curl, 4, page)}
      <p class="after">
        It is good until ${record.expiresAt === null ? 'you revoke it' : inWordsMinute(record.expiresAt)}. You find it
        among ${ownLink(appsPath(page), 'your apps')}, and can revoke it there.
      </p>`,
    page,
  );
}
