import { html } from 'hono/html';
import type { Html } from '../html.ts';
import type { PageContext } from '../page-context.ts';
import { layout } from '../parts/layout.ts';

/** Returns the page after a request was declined. */
export function declinedPage(app: string, page: PageContext): Html {
  const { declined } = page.t.consent;
  return layout(
    declined.title,
    html`<h1>${declined.title}</h1>
      <p>${declined.meaning({ app })}</p>
      <p><a href="${page.basePath}/">${declined.back({ site: page.site.name })}</a></p>`,
    page,
  );
}
