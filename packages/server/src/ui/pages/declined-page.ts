import { html } from 'hono/html';
import type { Provider } from '../../issue/provider.ts';
import { type Html, layout } from '../parts/layout.ts';

/** Declining is an ordinary outcome, said plainly. */
export function declinedPage(applicationName: string, provider: Provider): Html {
  return layout(
    'Declined',
    html`<h1>Declined</h1>
      <p>Nothing was given to <bdi>${applicationName}</bdi>. If you change your mind, start again from the app.</p>
      <p><a href="${provider.basePath}/">Back to ${provider.site.name}</a></p>`,
    provider,
  );
}
