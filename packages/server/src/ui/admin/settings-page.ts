import { html } from 'hono/html';
import type { AuditEvent } from '../../core/audit/audit-event.ts';
import type { Reason } from '../../core/reason.ts';
import type { SettingName } from '../../core/settings/setting-table.ts';
import type { SiteUser } from '../../ports/site.ts';
import type { SettingRow } from '../../settings/settings.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField } from '../parts/layout.ts';
import { adminLayout, userName } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';
import { settingField } from './setting-field.ts';
import {
  findSettings,
  isChanged,
  type SettingsQuery,
  settingsFilter,
  settingsQuery,
} from './settings-filter.ts';

/** Who last changed each setting, and when. */
export interface SettingChanges {
  /** The latest audit event by the name of the setting. */
  readonly latest: ReadonlyMap<string, AuditEvent>;
  /** The admins who made them, by id. */
  readonly users: ReadonlyMap<string, SiteUser>;
}

/** The settings, and the result of the last save. */
export interface SettingsView {
  readonly rows: readonly SettingRow[];
  readonly query: SettingsQuery;
  readonly changes: SettingChanges;
  /** The rejected input by setting. The page shows it instead of the stored value. */
  readonly typed?: ReadonlyMap<SettingName, string> | undefined;
  /** Why the input was rejected, by setting. */
  readonly mistakes?: ReadonlyMap<SettingName, Reason> | undefined;
  /** The settings that were just saved. */
  readonly saved?: readonly SettingName[] | undefined;
}

/** Returns the page with the settings that match the query in one form. The form is saved as a whole or not at all. */
export function settingsPage(view: SettingsView, page: UserPageContext): Html {
  const { rows, query, changes, typed, mistakes = new Map(), saved } = view;
  const { settings: words } = page.t;
  const path = adminPath('settings', page);
  const fieldOf = (row: SettingRow) =>
    settingField(
      row,
      {
        typed: typed?.get(row.setting),
        mistake: mistakes.get(row.setting),
        note: changeNote(row, changes, page),
      },
      page,
    );
  const found = findSettings(rows, query, page);
  return adminLayout(
    'settings',
    words.title,
    html`<h1>${words.title}</h1>
      ${mistakes.size > 0 ? mistakeSummary([...mistakes.keys()], page) : ''}
      ${saved ? html`<p class="done" role="status">${savedSentence(saved, page)}</p>` : ''}
      <p class="fine first">${words.meaning}</p>
      ${settingsFilter(rows, query, page)}
      ${found.length === 0 ? html`<p role="status">${words.noMatch}</p>` : ''}
      <form method="post" action="${path}${settingsQuery(query)}" class="settings" id="found" data-check="${path}/check">
        ${csrfField(page)}
        ${found.map(
          ({ section, rows: some }) => html`<section>
            <h2>${words.sections[section]}</h2>
            ${some.map(fieldOf)}
          </section>`,
        )}
        ${found.length === 0 ? '' : html`<div class="buttons sticky"><button type="submit" class="primary">${words.save}</button></div>`}
      </form>
      <script src="${page.assets}/settings.js" defer></script>`,
    page,
  );
}

/** Whether a setting differs from its default, and who changed it last. */
function changeNote(row: SettingRow, { latest, users }: SettingChanges, page: UserPageContext): Html {
  const { settings: words, audit } = page.t;
  const event = latest.get(row.setting);
  const badge = isChanged(row) ? html`<strong class="badge">${words.differs}</strong> ` : '';
  if (!event) return html`${badge}`;
  const by = event.actorId === null ? audit.theSite : userName(event.actorId, users, page);
  return html`${badge}${words.changedBy({ by: html`${by}`, ago: page.format.ago(event.at, page.now) })}`;
}

function mistakeSummary(names: readonly SettingName[], { t }: UserPageContext): Html {
  return html`<div class="note" role="alert">
    <p>${t.settings.notSaved}</p>
    <ul>${names.map((name) => html`<li><a href="#${name}"><code>${name}</code></a></li>`)}</ul>
  </div>`;
}

function savedSentence(names: readonly SettingName[], { t, format }: UserPageContext): Html {
  if (names.length === 0) return html`${t.settings.unchanged}`;
  return t.settings.saved({ settings: format.list(names.map((name) => html`<code>${name}</code>`)) });
}
