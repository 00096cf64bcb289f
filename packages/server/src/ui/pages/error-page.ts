import type { ValetkeyError } from '@valetkey/protocol';
import { html } from 'hono/html';
import { redactDetails } from '../../core/redact/redact-text.ts';
import type { Html } from '../html.ts';
import type { PageContext } from '../page-context.ts';
import { layout } from '../parts/layout.ts';

/** Returns the page of an error: what happened, and what to do next. The JSON has the same sentences in English. */
export function errorPage(
  { code, details }: Pick<ValetkeyError, 'code' | 'details'>,
  page: PageContext,
): Html {
  const words = page.t.common.error;
  const { sentence, advice } = words.describe(code, redactDetails(details));
  return layout(
    words.title,
    html`<h1>${words.title}</h1>
      <p>${sentence}</p>
      <p>${advice}</p>
      <p class="fine">${words.code({ code })}</p>`,
    page,
  );
}
