import type { ValetkeyError } from '@valetkey/protocol';
import { describeError } from '@valetkey/protocol/messages';
import { html } from 'hono/html';
import { redactDetails } from '../../core/redact/redact-text.ts';
import type { PageContext } from '../page-context.ts';
import { type Html, layout } from '../parts/layout.ts';

/** The same sentences that the JSON carries: what happened, and what to do. */
export function errorPage(
  { code, details }: Pick<ValetkeyError, 'code' | 'details'>,
  page: PageContext,
): Html {
  const { sentence, advice } = describeError(code, redactDetails(details));
  return layout(
    'This did not work',
    html`<h1>This did not work</h1>
      <p>${sentence}</p>
      <p>${advice}</p>
      <p class="fine">Error code, for whoever makes the app: <code>${code}</code></p>`,
    page,
  );
}
