import { html } from 'hono/html';
import type { PageContext } from '../page-context.ts';
import { type Html, layout } from '../parts/layout.ts';

/** Declining is an ordinary outcome, said plainly. */
export function declinedPage(applicationName: string, page: PageContext): Html {
  return layout(
    'Declined',
    html`<h1>Declined</h1>
      <p>Nothing was given to <bdi>${applicationName}</bdi>. If you change your mind, start again from the app.</p>
      <p><a href="${page.basePath}/">Back to ${page.site.name}</a></p>`,
    page,
  );
}
