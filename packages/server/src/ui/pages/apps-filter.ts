import { html } from 'hono/html';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { appsPath } from '../parts/own-paths.ts';

/** The orders of the list. */
export const APP_SORTS = ['created', 'used', 'name'] as const;

/** What the user entered to filter and sort the list. */
export interface AppsQuery {
  readonly search: string;
  readonly sort: (typeof APP_SORTS)[number];
}

/** Returns the form that searches and sorts the list. */
export function appsFilter({ search, sort }: AppsQuery, page: UserPageContext): Html {
  const { apps: words } = page.t;
  const path = appsPath(page);
  return html`<form method="get" action="${path}" class="filter" role="search">
      <div><label for="search">${words.search}</label>
        <input id="search" name="search" type="text" autocomplete="off" autocapitalize="none" maxlength="100" value="${search}" /></div>
      <div><label for="sort">${words.sort}</label>
        <select id="sort" name="sort" autocomplete="off">${APP_SORTS.map(
          (each) =>
            html`<option value="${each}" ${each === sort ? 'selected' : ''}>${words.sorts[each]}</option>`,
        )}</select></div>
      <button type="submit">${words.show}</button>
    </form>
    ${search === '' ? '' : html`<p><a href="${path}">${words.showAll}</a></p>`}`;
}
