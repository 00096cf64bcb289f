import { html } from 'hono/html';
import type { Reason } from '../../core/reason.ts';
import type { SettingName } from '../../core/settings/setting-table.ts';
import type { SettingRow } from '../../settings/settings.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField } from '../parts/layout.ts';
import { adminLayout } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';
import { settingField } from './setting-field.ts';
import { sectionSettings } from './setting-sections.ts';

/** The settings, and the result of the last save. */
export interface SettingsView {
  readonly rows: readonly SettingRow[];
  /** The rejected input by setting. The page shows it instead of the stored value. */
  readonly typed?: ReadonlyMap<SettingName, string> | undefined;
  /** Why the input was rejected, by setting. */
  readonly mistakes?: ReadonlyMap<SettingName, Reason> | undefined;
  /** The settings that were just saved. */
  readonly saved?: readonly SettingName[] | undefined;
}

/** Returns the page with every setting in one form. The form is saved as a whole or not at all. */
export function settingsPage(view: SettingsView, page: UserPageContext): Html {
  const { rows, typed, mistakes = new Map(), saved } = view;
  const { settings: words } = page.t;
  const path = adminPath('settings', page);
  const fieldOf = (row: SettingRow) =>
    settingField(row, { typed: typed?.get(row.setting), mistake: mistakes.get(row.setting) }, page);
  return adminLayout(
    'settings',
    words.title,
    html`<h1>${words.title}</h1>
      ${mistakes.size > 0 ? mistakeSummary([...mistakes.keys()], page) : ''}
      ${saved ? html`<p class="done" role="status">${savedSentence(saved, page)}</p>` : ''}
      <p class="fine first">${words.meaning}</p>
      <form method="post" action="${path}" class="settings" data-check="${path}/check">
        ${csrfField(page)}
        ${sectionSettings(rows).map(
          ({ section, rows: some }) => html`<section>
            <h2>${words.sections[section]}</h2>
            ${some.map(fieldOf)}
          </section>`,
        )}
        <div class="buttons sticky"><button type="submit" class="primary">${words.save}</button></div>
      </form>
      <script src="${page.assets}/settings.js" defer></script>`,
    page,
  );
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
