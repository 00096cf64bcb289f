import { html } from 'hono/html';
import type { Settings } from '../../core/settings/setting-table.ts';
import type { UserPageContext } from '../page-context.ts';
import type { Html } from '../parts/layout.ts';
import { adminLayout } from './admin-layout.ts';
import { ADMIN_PAGES, type AdminPage, adminPath } from './admin-paths.ts';

/** How things stand. */
export interface OverviewView {
  readonly changedSettings: number;
  readonly liveAdminKeys: number;
  readonly settings: Settings;
}

/** What an admin can look after here, and how it stands. */
export function overviewPage({ settings, ...counts }: OverviewView, page: UserPageContext): Html {
  const { allow_user_api_keys, audit_retention_days } = settings;
  return adminLayout(
    'overview',
    'Keys and apps',
    html`<h1>Keys and apps</h1>
      ${
        allow_user_api_keys
          ? ''
          : html`<p class="note">Apps cannot ask for keys at present: <code>allow_user_api_keys</code> is off. Keys handed out before go on working.</p>`
      }
      <ul class="cards">
        ${card('settings', 'Who may ask for what, where keys may be sent, and how long they live.', howManyChanged(counts.changedSettings), page)}
        ${card('adminKeys', 'Keys for scripts of the site’s own: global, read-only, or for single things.', `${counts.liveAdminKeys} in force`, page)}
        ${card('clients', 'Apps that made themselves known once for all the people who use them.', null, page)}
        ${card('audit', 'Who approved, revoked, registered or changed what, when and from where.', `Kept for ${audit_retention_days} days`, page)}
      </ul>`,
    page,
  );
}

const howManyChanged = (count: number): string =>
  count === 0 ? 'All as they came' : `${count} changed from the default`;

function card(
  name: Exclude<AdminPage, 'overview'>,
  about: string,
  state: string | null,
  page: UserPageContext,
): Html {
  return html`<li>
    <h2><a href="${adminPath(name, page)}">${ADMIN_PAGES[name].name}</a></h2>
    <p>${about}</p>
    ${state === null ? '' : html`<p class="fine">${state}</p>`}
  </li>`;
}
