import { html } from 'hono/html';
import { explainSetting, type ItemExplanation } from '../../core/settings/explain-setting.ts';
import { joinLines, splitLines } from '../../settings/setting-lines.ts';
import type { SettingRow } from '../../settings/settings.ts';
import type { Html } from '../parts/layout.ts';

/**
 * One setting: what it is called, what it means, what it is, and why what was written will not do.
 *
 * @param typed what was written and not taken
 * @param mistake why, a sentence
 */
export function settingField(row: SettingRow, typed: string | undefined, mistake: string | undefined): Html {
  const name = row.setting;
  const isSecret = row.type === 'secret';
  const text = isSecret ? '' : (typed ?? splitLines(row));
  return html`<div class="setting">
    ${
      row.type === 'bool'
        ? html`<label class="box">${control(row, text, mistake)}<code>${name}</code></label>`
        : html`<label for="${name}"><code>${name}</code></label>`
    }
    <p id="about-${name}">${row.description} <span class="fine">${limits(row)}</span></p>
    ${row.type === 'bool' ? '' : control(row, text, mistake)}
    <input type="hidden" name="was:${name}" value="${isSecret ? '' : row.value}" />
    <p id="mistake-${name}" class="mistake" ${mistake ? html`role="alert"` : html`aria-live="polite"`}>${mistake ?? ''}</p>
    ${isSecret && row.value !== '' ? presentSecret(row) : ''}
    ${explanations(name, explainSetting(name, joinLines(row, text)))}
  </div>`;
}

/**
 * A number is written into a field of text: a field of numbers sends nothing for what is none, and then it could not
 * come back beside the reason.
 */
function control(row: SettingRow, text: string, mistake: string | undefined): Html {
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

/** To be given to whoever has to know it; not for somebody who looks over a shoulder. */
function presentSecret({ setting, value }: SettingRow): Html {
  return html`<details>
    <summary>Show the present one<span class="unseen"> of ${setting}</span></summary>
    <p><code>${value}</code></p>
  </details>`;
}

function limits(row: SettingRow): string {
  if (row.type === 'secret') return 'Left empty, it stays as it is.';
  const bounds = row.min === undefined ? '' : `From ${row.min} to ${row.max}. `;
  const oneEach = row.type === 'list' ? 'One on each line. ' : '';
  return `${bounds}${oneEach}Default: ${inWords(row)}.`;
}

function inWords({ type, default: original }: SettingRow): string {
  if (type === 'bool') return original === 'true' ? 'on' : 'off';
  return original.split('|').join(', ') || 'none';
}

/** Filled by the server, and kept up by `settings.js` while somebody types. */
function explanations(name: string, items: readonly ItemExplanation[]): Html {
  if (name !== 'allowed_user_api_auth_redirects') return html``;
  return html`<ul class="explained" data-explains="${name}" aria-label="What this allows">
    ${items.map(
      ({ item, allows, warning }) => html`<li>
        <code>${item}</code> <span>${allows}</span>
        ${warning === null ? '' : html`<span class="warning">${warning}</span>`}
      </li>`,
    )}
  </ul>`;
}
