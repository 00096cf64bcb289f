import { html } from 'hono/html';
import type { PageContext } from '../page-context.ts';
import type { Html } from './layout.ts';

/** A key that is shown this once and a line that tries it out, each with a button where script runs. */
export function keyToCopy(key: string, curl: string, curlRows: number, { assets }: PageContext): Html {
  return html`<label for="key">Key</label>
    <textarea id="key" rows="2" readonly spellcheck="false" autocomplete="off">${key}</textarea>
    <div class="buttons"><button type="button" class="primary" data-copy="key" aria-label="Copy the key" hidden>Copy</button></div>
    <p class="fine" role="status" data-copied></p>
    <label for="curl" class="after">Try it out</label>
    <textarea id="curl" rows="${curlRows}" readonly spellcheck="false" autocomplete="off">${curl}</textarea>
    <div class="buttons"><button type="button" data-copy="curl" aria-label="Copy the line" hidden>Copy</button></div>
    <script src="${assets}/copy.js" defer></script>`;
}
