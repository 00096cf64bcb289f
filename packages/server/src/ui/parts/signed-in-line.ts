import { html } from 'hono/html';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { avatar } from './avatar.ts';

/** Returns the line that names the signed-in user, with a link to switch the account and return to this page. */
export function signedInLine(page: UserPageContext): Html {
  const { t, session, site, returnTo } = page;
  const { username } = session.user;
  const url = returnTo === null ? undefined : site.switchAccountUrl?.(returnTo);
  return html`<p class="who">
    ${avatar(session.user, page)}
    <span>${t.common.signedInAs({ username })}
      ${url === undefined ? '' : html`<a href="${url}">${t.common.switchAccount}</a>`}</span>
  </p>`;
}
