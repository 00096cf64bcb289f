import { html } from 'hono/html';
import type { Provider } from '../../issue/provider.ts';
import { type Html, layout } from '../parts/layout.ts';
import { ADMIN_PAGES, type AdminPage, adminPath } from './admin-paths.ts';

/** The frame of the pages for admins: the same as of all pages, with the way from one to the other on top. */
export function adminLayout(here: AdminPage, title: string, content: Html, provider: Provider): Html {
  return layout(
    title,
    html`<nav class="admin" aria-label="Keys and apps">
        <ul>${(Object.keys(ADMIN_PAGES) as AdminPage[]).map((page) => link(page, here, provider))}</ul>
      </nav>
      ${content}`,
    provider,
  );
}

function link(page: AdminPage, here: AdminPage, provider: Provider): Html {
  return html`<li>
    <a href="${adminPath(page, provider)}" ${page === here ? html`aria-current="page"` : ''}>${ADMIN_PAGES[page].name}</a>
  </li>`;
}
