import { html } from 'hono/html';
import type { Html } from '../html.ts';
import type { PageContext } from '../page-context.ts';
import { copyButton, copyScriptTag, copyStatus } from '../parts/key-to-copy.ts';
import { layout } from '../parts/layout.ts';

/** Returns the page with the encrypted payload, for an app without redirect. Only that app can decrypt it. */
export function payloadPage(payload: string, app: string, page: PageContext): Html {
  const words = page.t.consent.payload;
  return layout(
    words.title,
    html`<h1>${words.heading({ app })}</h1>
      <p>${words.instructions({ app })}</p>
      <label for="payload">${words.label}</label>
      <textarea id="payload" rows="10" readonly spellcheck="false" autocomplete="off">${payload}</textarea>
      <div class="buttons">${copyButton('payload', page.t.common.copy, page)}</div>
      ${copyStatus(page)}
      <p class="fine">${words.problem}</p>
      ${copyScriptTag(page)}`,
    page,
  );
}
