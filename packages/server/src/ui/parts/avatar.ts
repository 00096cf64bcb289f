import { html } from 'hono/html';
import type { SiteUser } from '../../ports/site.ts';
import type { Html } from '../html.ts';
import type { PageContext } from '../page-context.ts';

/** Twice the size on the page, for screens with a high density. */
const PIXELS = 64;

/**
 * Returns the picture of a user, or the first letter of the name if the site has none. A picture on another host is not
 * shown: loading it would tell that host which user decides about which app.
 */
export function avatar(
  { username, avatarTemplate }: Pick<SiteUser, 'username' | 'avatarTemplate'>,
  { site }: Pick<PageContext, 'site'>,
): Html {
  const { origin } = new URL(site.baseUrl);
  const url = URL.parse((avatarTemplate ?? '').replace('{size}', String(PIXELS)), site.baseUrl);
  if (avatarTemplate !== null && url?.origin === origin) {
    return html`<img class="avatar" src="${url.pathname}${url.search}" alt="" width="32" height="32" />`;
  }
  const [letter = ''] = username;
  return html`<span class="avatar" aria-hidden="true">${letter.toUpperCase()}</span>`;
}
