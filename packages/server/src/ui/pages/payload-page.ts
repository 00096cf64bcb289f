import { html } from 'hono/html';
import type { PageContext } from '../page-context.ts';
import { type Html, layout } from '../parts/layout.ts';

/** The sealed payload to copy, for an app that no redirect can reach. It is of use to that app alone. */
export function payloadPage(payload: string, applicationName: string, page: PageContext): Html {
  return layout(
    'Copy this into the app',
    html`<h1>Copy this into <bdi>${applicationName}</bdi></h1>
      <p>The key is encrypted so that only <bdi>${applicationName}</bdi> can read it. Copy all of it and paste it there.</p>
      <label for="payload">Encrypted key</label>
      <textarea id="payload" rows="10" readonly spellcheck="false" autocomplete="off">${payload}</textarea>
      <div class="buttons"><button type="button" class="primary" data-copy="payload" hidden>Copy</button></div>
      <p class="fine" role="status" data-copied></p>
      <p class="fine">This text is not the key itself. If the app says that it cannot read it, start again from the app.</p>
      <script src="${page.assets}/copy.js" defer></script>`,
    page,
  );
}
