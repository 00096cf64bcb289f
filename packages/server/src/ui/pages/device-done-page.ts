import { html } from 'hono/html';
import type { Activation } from '../../issue/device/activation.ts';
import type { UserPageContext } from '../page-context.ts';
import { type Html, layout } from '../parts/layout.ts';
import { appsPath, ownLink } from '../parts/own-paths.ts';
import { declinedPage } from './declined-page.ts';

/** The end of it, either way. */
export function deviceDonePage(
  { denied, applicationName }: Extract<Activation, { state: 'complete' }>,
  page: UserPageContext,
): Html {
  if (denied) return declinedPage(applicationName, page);
  return layout(
    'Device connected',
    html`<h1>Your device is connected</h1>
      <p><bdi>${applicationName}</bdi> goes on by itself within a few seconds. You can close this page.</p>
      <p>You can take this back at any time, among ${ownLink(appsPath(page), 'your apps')}.</p>`,
    page,
  );
}
