import { html } from 'hono/html';
import type { Html } from '../html.ts';
import type { PageContext } from '../page-context.ts';

/** A text that uses the new key, for the user to copy. */
export interface ReadyText {
  readonly id: string;
  readonly label: string;
  /** The label of its copy button, for users of a screen reader. */
  readonly copyLabel: string;
  readonly text: string;
  readonly rows: number;
}

/** Returns a new key and texts that use it, each with a copy button if scripts run. */
export function keyToCopy(key: string, texts: readonly ReadyText[], page: PageContext): Html {
  const { common } = page.t;
  return html`<label for="key">${common.key}</label>
    <textarea id="key" rows="2" readonly spellcheck="false" autocomplete="off">${key}</textarea>
    <div class="buttons">${copyButton('key', common.copyKey, page)}</div>
    ${copyStatus(page)}
    ${texts.map(
      ({ id, label, copyLabel, text, rows }) => html`<label for="${id}" class="after">${label}</label>
        <textarea id="${id}" rows="${rows}" readonly spellcheck="false" autocomplete="off">${text}</textarea>
        <div class="buttons"><button type="button" data-copy="${id}" aria-label="${copyLabel}" hidden>${common.copy}</button></div>`,
    )}
    ${copyScriptTag(page)}`;
}

/** Returns the text with a curl command. */
export const curlText = (text: string, rows: number, { t }: PageContext): ReadyText => ({
  id: 'curl',
  label: t.common.tryIt,
  copyLabel: t.common.copyCommand,
  text,
  rows,
});

/** Returns the button that copies the field with this id. It stays hidden without script. */
export const copyButton = (id: string, label: string, { t }: PageContext): Html =>
  html`<button type="button" class="primary" data-copy="${id}" aria-label="${label}" hidden>${t.common.copy}</button>`;

/** Returns the line that reports the result of copying; `copy.js` reads both texts from it. */
export const copyStatus = ({ t }: PageContext): Html =>
  html`<p class="fine" role="status" data-copied="${t.common.copied}" data-failed="${t.common.copyFailed}"></p>`;

export const copyScriptTag = ({ assets }: PageContext): Html =>
  html`<script src="${assets}/copy.js" defer></script>`;
