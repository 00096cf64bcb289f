import { html } from 'hono/html';
import type { Activation } from '../../issue/device/activation.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { layout } from '../parts/layout.ts';
import { manageInApps } from '../parts/own-paths.ts';
import { declinedPage } from './declined-page.ts';

/** Returns the page after a device request was approved or declined. */
export function deviceDonePage(
  { denied, applicationName: app }: Extract<Activation, { state: 'complete' }>,
  page: UserPageContext,
): Html {
  if (denied) return declinedPage(app, page);
  const { done } = page.t.device;
  return layout(
    done.title,
    html`<h1>${done.heading}</h1>
      <p>${done.meaning({ app })}</p>
      <p>${manageInApps(page)}</p>`,
    page,
  );
}
