import { html } from 'hono/html';
import type { SettingRow } from '../../settings/settings.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { adminPath } from './admin-paths.ts';
import { type Section, sectionSettings } from './setting-sections.ts';

/** Which settings the page shows. */
export interface SettingsQuery {
  /** Null for all sections. */
  readonly section: Section | null;
  /** Part of a name or a description; empty for all. */
  readonly search: string;
  /** Only those that differ from their default. */
  readonly changed: boolean;
}

/** Whether a setting differs from its default. Every site has a secret of its own. */
export const isChanged = ({ type, value, default: initial }: SettingRow): boolean =>
  type !== 'secret' && value !== initial;

/** Returns the settings that match, by section. */
export function findSettings(
  rows: readonly SettingRow[],
  { section, search, changed }: SettingsQuery,
  { t }: UserPageContext,
): ReturnType<typeof sectionSettings> {
  const wanted = search.toLowerCase();
  const matches = (row: SettingRow) =>
    (!changed || isChanged(row)) &&
    [row.setting, t.settings.describe({ setting: row.setting })].some((text) =>
      text.toLowerCase().includes(wanted),
    );
  return sectionSettings(rows.filter(matches)).filter((each) => section === null || each.section === section);
}

/** Returns the query of the page that shows the same settings; empty for all. */
export function settingsQuery({ section, search, changed }: SettingsQuery): string {
  const query = new URLSearchParams({
    ...(section !== null && { section }),
    ...(search !== '' && { search }),
    ...(changed && { changed: 'true' }),
  });
  return query.size === 0 ? '' : `?${query}`;
}

/** Returns the links to the sections, and the search. */
export function settingsFilter(
  rows: readonly SettingRow[],
  query: SettingsQuery,
  page: UserPageContext,
): Html {
  const { settings: words } = page.t;
  const path = adminPath('settings', page);
  const link = (section: Section | null, text: string) => {
    const isCurrent = section === query.section && query.search === '' && !query.changed;
    const target = path + settingsQuery({ section, search: '', changed: false });
    return html`<li><a href="${target}" ${isCurrent ? html`aria-current="true"` : ''}>${text}</a></li>`;
  };
  return html`<nav class="sections" aria-label="${words.sectionsOf}"><ul>
      ${link(null, words.all)} ${sectionSettings(rows).map(({ section }) => link(section, words.sections[section]))}
    </ul></nav>
    <form method="get" action="${path}#found" class="filter" role="search">
      <div><label for="search">${words.search}</label>
        <input id="search" name="search" type="text" maxlength="100" autocomplete="off" autocapitalize="none" spellcheck="false" value="${query.search}" /></div>
      <label class="box"><input type="checkbox" name="changed" value="true" ${query.changed ? 'checked' : ''} /> <span>${words.onlyChanged}</span></label>
      <button type="submit">${words.show}</button>
    </form>`;
}
