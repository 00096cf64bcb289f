import { html } from 'hono/html';
import type { SettingName } from '../../core/settings/setting-table.ts';
import type { SettingRow } from '../../settings/settings.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField, type Html } from '../parts/layout.ts';
import { adminLayout } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';
import { settingField } from './setting-field.ts';
import { sectionSettings } from './setting-sections.ts';

/** What the page shows beside the settings as they are. */
export interface SettingsView {
  readonly rows: readonly SettingRow[];
  /** What was written and not taken, by setting: shown again instead of what is stored. */
  readonly typed?: ReadonlyMap<SettingName, string> | undefined;
  /** Why not, a sentence by setting. */
  readonly mistakes?: ReadonlyMap<SettingName, string> | undefined;
  /** What was saved just now. */
  readonly saved?: readonly SettingName[] | undefined;
}

/** Every setting in one form; it is saved whole or not at all. */
export function settingsPage(
  { rows, typed, mistakes = new Map(), saved }: SettingsView,
  page: UserPageContext,
): Html {
  const path = adminPath('settings', page);
  return adminLayout(
    'settings',
    'Settings',
    html`<h1>Settings</h1>
      ${mistakes.size > 0 ? mistakeSummary([...mistakes.keys()]) : ''}
      ${saved ? html`<p class="done" role="status">${savedSentence(saved)}</p>` : ''}
      <p class="fine first">Names are Discourse’s. A change holds from the next request on, and the audit keeps who made it.</p>
      <form method="post" action="${path}" class="settings" data-check="${path}/check">
        ${csrfField(page)}
        ${sectionSettings(rows).map(
          ({ heading, rows: some }) => html`<section>
            <h2>${heading}</h2>
            ${some.map((row) => settingField(row, typed?.get(row.setting), mistakes.get(row.setting)))}
          </section>`,
        )}
        <div class="buttons sticky"><button type="submit" class="primary">Save</button></div>
      </form>
      <script src="${page.assets}/settings.js" defer></script>`,
    page,
  );
}

function mistakeSummary(names: readonly SettingName[]): Html {
  return html`<div class="note" role="alert">
    <p>Nothing was saved yet. Look at:</p>
    <ul>${names.map((name) => html`<li><a href="#${name}"><code>${name}</code></a></li>`)}</ul>
  </div>`;
}

function savedSentence(names: readonly SettingName[]): Html {
  if (names.length === 0) return html`Nothing was different, so nothing changed.`;
  return html`Saved: ${names.map((name, index) => html`${index > 0 ? ', ' : ''}<code>${name}</code>`)}.`;
}
