import { html } from 'hono/html';
import { effectiveExpiry, isExpired } from '../../core/key/key-state.ts';
import type { CreatedPersonalKey } from '../../issue/personal/create-personal-key.ts';
import type { RotatedKey } from '../../issue/personal/rotate-personal-key.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { curlText, keyToCopy, type ReadyText } from '../parts/key-to-copy.ts';
import { layout } from '../parts/layout.ts';
import { appsPath, ownLink } from '../parts/own-paths.ts';

/** Returns the page that shows a new personal key once. */
export const personalKeyPage = (created: CreatedPersonalKey, page: UserPageContext): Html =>
  keyPage(page.t.personalKeys.created.title, created, '', page);

/** Returns the page that shows the successor of a rotated key once, and says how long the old key works. */
export function rotatedKeyPage({ retiring, ...created }: RotatedKey, page: UserPageContext): Html {
  const words = page.t.personalKeys.created;
  const oldKey = isExpired(retiring, page.now)
    ? words.oldKeyStopped
    : words.oldKeyWorksUntil({ until: page.format.dateTime(effectiveExpiry(retiring)) });
  return keyPage(words.rotatedTitle, created, html`<p>${oldKey}</p>`, page);
}

function keyPage(
  title: string,
  { key, record }: CreatedPersonalKey,
  aboutOldKey: Html | string,
  page: UserPageContext,
): Html {
  const words = page.t.personalKeys.created;
  const base = page.site.baseUrl.replace(/\/$/, '');
  const curl = `curl -H 'User-Api-Key: ${key}' '${base}/user-api-key/current.json'`;
  const expiry =
    record.expiresAt === null
      ? words.neverExpires
      : words.expires({ at: page.format.dateTime(record.expiresAt) });
  return layout(
    title,
    html`<h1>${words.heading({ name: record.applicationName })}</h1>
      <p class="note">${words.onlyNow}</p>
      ${aboutOldKey}
      ${keyToCopy(key, [curlText(curl, 4, page), environmentText(key, base, page)], page)}
      <p class="after">
        ${expiry} ${words.revoke({ link: (text) => ownLink(appsPath(page), text) })}
      </p>`,
    page,
  );
}

/** The variables that the command `valetkey` reads. */
const environmentText = (key: string, base: string, { t }: UserPageContext): ReadyText => ({
  id: 'environment',
  label: t.personalKeys.created.environment,
  copyLabel: t.personalKeys.created.copyEnvironment,
  text: `VALETKEY_SITE=${base}\nVALETKEY_KEY=${key}\n`,
  rows: 3,
});
