import { html } from 'hono/html';
import type { Reason } from '../../core/reason.ts';
import { explainSetting, type ItemExplanation } from '../../core/settings/explain-setting.ts';
import { joinLines, splitLines } from '../../settings/setting-lines.ts';
import type { SettingRow } from '../../settings/settings.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { adminPath } from './admin-paths.ts';

/** A value that was rejected. */
export interface RejectedValue {
  readonly typed?: string | undefined;
  /** Why it was rejected. */
  readonly mistake?: Reason | undefined;
  /** Whether it differs from the default, and who changed it. */
  readonly note?: Html | undefined;
}

/** Returns one setting: its name, description, field, and why a rejected value is invalid. */
export function settingField(
  row: SettingRow,
  { typed, mistake, note }: RejectedValue,
  page: UserPageContext,
): Html {
  const { settings: words } = page.t;
  const name = row.setting;
  const isSecret = row.type === 'secret';
  const text = isSecret ? '' : (typed ?? splitLines(row));
  return html`<div class="setting">
    ${
      row.type === 'bool'
        ? html`<label class="box">${control(row, text, mistake)}<code>${name}</code></label>`
        : html`<label for="${name}"><code>${name}</code></label>`
    }
    <p id="about-${name}">${words.describe({ setting: name })} <span class="fine">${limits(row, page)}</span></p>
    ${row.type === 'bool' ? '' : control(row, text, mistake)}
    ${note === undefined ? '' : html`<p class="fine">${note}</p>`}
    <input type="hidden" name="was:${name}" value="${isSecret ? '' : row.value}" />
    <p id="mistake-${name}" class="mistake" ${mistake ? html`role="alert"` : html`aria-live="polite"`}>${mistake ? words.describeMistake(mistake) : ''}</p>
    ${isSecret && row.value !== '' ? currentSecret(row, page) : ''}
    ${explanations(name, explainSetting(name, joinLines(row, text), words.describeRedirect), page)}
  </div>`;
}

/** Numbers use a text field: a number field sends nothing for invalid input, which then could not be shown again. */
function control(row: SettingRow, text: string, mistake: Reason | undefined): Html {
  const name = row.setting;
  const common = html`id="${name}" name="value:${name}" data-setting="${name}" aria-describedby="about-${name} mistake-${name}" aria-invalid="${mistake ? 'true' : 'false'}"`;
  switch (row.type) {
    case 'bool':
      return html`<input type="checkbox" value="true" ${common} ${text === 'true' ? 'checked' : ''} />`;
    case 'secret':
      return html`<input type="password" autocomplete="new-password" ${common} />`;
    case 'integer':
      return html`<input type="text" inputmode="numeric" autocomplete="off" class="short" value="${text}" ${common} />`;
    case 'choice':
      return html`<select class="short" ${common}>
        ${row.valid_values?.map((word) => html`<option ${word === text ? 'selected' : ''}>${word}</option>`)}
      </select>`;
    default:
      return html`<textarea rows="${rowsFor(text)}" spellcheck="false" autocapitalize="none" autocomplete="off" ${common}>
${text}</textarea>`;
  }
}

const rowsFor = (text: string): number => Math.min(12, Math.max(2, text.split('\n').length + 1));

/** Collapsed, so that a person beside the admin does not see the secret. */
function currentSecret({ setting, value }: SettingRow, { t }: UserPageContext): Html {
  return html`<details>
    <summary>${t.settings.showSecret({ setting })}</summary>
    <p><code>${value}</code></p>
  </details>`;
}

function limits(row: SettingRow, page: UserPageContext): string {
  const { settings: words } = page.t;
  if (row.type === 'secret') return words.secretLimits;
  const { min, max } = row;
  return [
    ...(min === undefined || max === undefined ? [] : [words.range({ min, max })]),
    ...(row.type === 'list' ? [words.oneEach] : []),
    words.default({ value: defaultText(row, page) }),
  ].join(' ');
}

function defaultText({ type, default: value }: SettingRow, { t }: UserPageContext): string {
  const { on, off, none } = t.settings;
  if (type === 'bool') return value === 'true' ? on : off;
  return value === '' ? none : value.split('|').join(', ');
}

/** Filled by the server, and updated by `settings.js` while an admin types. */
function explanations(name: string, items: readonly ItemExplanation[], page: UserPageContext): Html {
  const { t } = page;
  if (name !== 'allowed_user_api_auth_redirects') return html``;
  return html`<ul class="explained" data-explains="${name}" aria-label="${t.settings.allows}">
    ${items.map(
      ({ item, allows, warning }) => html`<li>
        <code>${item}</code> <span>${allows}</span>
        ${warning === null ? '' : html`<span class="warning">${warning}</span>`}
      </li>`,
    )}
  </ul>
  <p><a href="${adminPath('redirects', page)}">${t.settings.explainRedirects}</a></p>`;
}
