import { html } from 'hono/html';
import type { Html } from '../html.ts';
import type { PageContext } from '../page-context.ts';

/** Returns a new key and a command that tests it, each with a copy button if scripts run. */
export function keyToCopy(key: string, curl: string, curlRows: number, page: PageContext): Html {
  const { common } = page.t;
  return html`<label for="key">${common.key}</label>
    <textarea id="key" rows="2" readonly spellcheck="false" autocomplete="off">${key}</textarea>
    <div class="buttons">${copyButton('key', common.copyKey, page)}</div>
    ${copyStatus(page)}
    <label for="curl" class="after">${common.tryIt}</label>
    <textarea id="curl" rows="${curlRows}" readonly spellcheck="false" autocomplete="off">${curl}</textarea>
    <div class="buttons"><button type="button" data-copy="curl" aria-label="${common.copyCommand}" hidden>${common.copy}</button></div>
    ${copyScriptTag(page)}`;
}

/** Returns the button that copies the field with this id. It stays hidden without script. */
export const copyButton = (id: string, label: string, { t }: PageContext): Html =>
  html`<button type="button" class="primary" data-copy="${id}" aria-label="${label}" hidden>${t.common.copy}</button>`;

/** Returns the line that reports the result of copying; `copy.js` reads both texts from it. */
export const copyStatus = ({ t }: PageContext): Html =>
  html`<p class="fine" role="status" data-copied="${t.common.copied}" data-failed="${t.common.copyFailed}"></p>`;

export const copyScriptTag = ({ assets }: PageContext): Html =>
  html`<script src="${assets}/copy.js" defer></script>`;
