import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { UseSummary } from '../../core/key/summarize-uses.ts';
import type { Settings } from '../../core/settings/setting-table.ts';
import type { SiteUser } from '../../ports/site.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { refusalList, useChart, useTable } from '../parts/use-chart.ts';
import { adminLayout, userName } from './admin-layout.ts';
import { type AdminPage, adminPath } from './admin-paths.ts';

/** A key of which something was counted in the last 7 days. */
export interface UnusualKey {
  readonly key: KeyRecord;
  readonly count: number;
}

/** The numbers that the overview shows. */
export interface OverviewView {
  readonly changedSettings: number;
  readonly activeAdminKeys: number;
  readonly blockedApps: number;
  readonly settings: Settings;
  /** The keys that were refused most often. */
  readonly refusedKeys: readonly UnusualKey[];
  /** The keys that were used from the most networks on one day. */
  readonly manyNetworkKeys: readonly UnusualKey[];
  /** Their owners, by id. */
  readonly users: ReadonlyMap<string, SiteUser>;
  /** The requests of all users. */
  readonly uses: UseSummary;
}

const ISSUING_SETTING = 'allow_user_api_keys';

/** Returns the page with a card for each other admin page. */
export function overviewPage({ settings, uses, ...counts }: OverviewView, page: UserPageContext): Html {
  const { overview } = page.t.admin;
  return adminLayout(
    'overview',
    overview.heading,
    html`<h1>${overview.heading}</h1>
      ${settings[ISSUING_SETTING] ? '' : html`<p class="note">${overview.disabled({ setting: ISSUING_SETTING })}</p>`}
      <ul class="cards">
        ${card('settings', overview.changedSettings({ count: counts.changedSettings }), page)}
        ${card('redirects', null, page)}
        ${card('keys', null, page)}
        ${card('adminKeys', overview.activeKeys({ count: counts.activeAdminKeys }), page)}
        ${card('clients', null, page)}
        ${page.hasOauth ? card('oauthClients', null, page) : ''}
        ${page.hasToolsPage ? card('tools', null, page) : ''}
        ${card('blocks', overview.blockedApps({ count: counts.blockedApps }), page)}
        ${card('audit', overview.retention({ days: settings.audit_retention_days }), page)}
      </ul>
      <h2>${overview.usage}</h2>
      <p>${useChart(uses, page)} ${page.t.usage.count({ count: uses.allowed })}</p>
      ${refusalList(uses, page)}
      ${useTable(uses, page)}
      ${unusualKeys('unusual', counts.refusedKeys, counts.users, page)}
      ${unusualKeys('manyNetworks', counts.manyNetworkKeys, counts.users, page)}`,
    page,
  );
}

/** The link leads to the keys of this app and user, where an admin can revoke them. */
function unusualKeys(
  kind: 'unusual' | 'manyNetworks',
  keys: readonly UnusualKey[],
  users: OverviewView['users'],
  page: UserPageContext,
): Html | '' {
  if (keys.length === 0) return '';
  const { overview } = page.t.admin;
  const sentence = kind === 'unusual' ? overview.refusedOften : overview.usedFrom;
  return html`<h2>${kind === 'unusual' ? overview.unusual : overview.manyNetworks}</h2>
    <ul>
      ${keys.map(({ key, count }) => {
        const user = users.get(key.userId)?.username ?? key.userId;
        const query = new URLSearchParams({ user, name: key.applicationName, kind: key.kind });
        const app = html`<a href="${adminPath('keys', page)}?${query}"><bdi>${key.applicationName}</bdi></a>`;
        return html`<li>${sentence({ app, user: userName(key.userId, users, page), count })}</li>`;
      })}
    </ul>`;
}

function card(name: Exclude<AdminPage, 'overview'>, state: string | null, page: UserPageContext): Html {
  const { pages, overview } = page.t.admin;
  return html`<li>
    <h2><a href="${adminPath(name, page)}">${pages[name]}</a></h2>
    <p>${overview.about[name]}</p>
    ${state === null ? '' : html`<p class="fine">${state}</p>`}
  </li>`;
}
