import { html } from 'hono/html';
import type { Activation } from '../../issue/device/activation.ts';
import type { Provider } from '../../issue/provider.ts';
import type { Session } from '../../ports/site.ts';
import { type Html, layout } from '../parts/layout.ts';
import { appsPath } from '../parts/own-paths.ts';
import { declinedPage } from './declined-page.ts';

/** The end of it, either way. */
export function deviceDonePage(
  { denied, applicationName }: Extract<Activation, { state: 'complete' }>,
  session: Session,
  provider: Provider,
): Html {
  if (denied) return declinedPage(applicationName, provider);
  return layout(
    'Device connected',
    html`<h1>Your device is connected</h1>
      <p><bdi>${applicationName}</bdi> goes on by itself within a few seconds. You can close this page.</p>
      <p>You can take this back at any time, among <a href="${appsPath(session, provider)}">your apps</a>.</p>`,
    provider,
  );
}
