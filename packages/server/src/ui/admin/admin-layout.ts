import { html } from 'hono/html';
import type { SiteUser } from '../../ports/site.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { layout } from '../parts/layout.ts';
import { ADMIN_PAGE_PATHS, type AdminPage, adminPath } from './admin-paths.ts';

/** Returns a whole admin page, with the navigation between admin pages at the top. */
export function adminLayout(current: AdminPage, title: string, content: Html, page: UserPageContext): Html {
  const all = Object.keys(ADMIN_PAGE_PATHS) as AdminPage[];
  const names = all.filter((name) =>
    name === 'oauthClients' ? page.hasOauth : name !== 'tools' || page.hasToolsPage,
  );
  return layout(
    title,
    html`<nav class="admin" aria-label="${page.t.admin.navigation}">
        <ul>${names.map((name) => link(name, current, page))}</ul>
      </nav>
      ${content}`,
    page,
  );
}

function link(name: AdminPage, current: AdminPage, page: UserPageContext): Html {
  return html`<li>
    <a href="${adminPath(name, page)}" ${name === current ? html`aria-current="page"` : ''}>${page.t.admin.pages[name]}</a>
  </li>`;
}

/** Returns the name of a user, or the id if the account no longer exists. */
export function userName(id: string, users: ReadonlyMap<string, SiteUser>, { t }: UserPageContext): Html {
  const user = users.get(id);
  return user ? html`<bdi>${user.username}</bdi>` : t.admin.deletedUser({ id });
}
