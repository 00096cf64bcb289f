import { html } from 'hono/html';
import type { SiteUser } from '../../ports/site.ts';
import type { UserPageContext } from '../page-context.ts';
import { type Html, layout } from '../parts/layout.ts';
import { ADMIN_PAGES, type AdminPage, adminPath } from './admin-paths.ts';

/** The frame of the pages for admins: the same as of all pages, with the way from one to the other on top. */
export function adminLayout(here: AdminPage, title: string, content: Html, page: UserPageContext): Html {
  return layout(
    title,
    html`<nav class="admin" aria-label="Keys and apps">
        <ul>${(Object.keys(ADMIN_PAGES) as AdminPage[]).map((name) => link(name, here, page))}</ul>
      </nav>
      ${content}`,
    page,
  );
}

function link(name: AdminPage, here: AdminPage, page: UserPageContext): Html {
  return html`<li>
    <a href="${adminPath(name, page)}" ${name === here ? html`aria-current="page"` : ''}>${ADMIN_PAGES[name].name}</a>
  </li>`;
}

/** Returns the name of a user; of an account that no longer exists, its id. */
export function userName(id: string, users: ReadonlyMap<string, SiteUser>): Html {
  const user = users.get(id);
  return user ? html`<bdi>${user.username}</bdi>` : html`somebody who is gone (<bdi>${id}</bdi>)`;
}
