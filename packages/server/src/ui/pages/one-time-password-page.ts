import { html } from 'hono/html';
import type { KeyRequest } from '../../issue/steps/key-request.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { decisionLayout, hiddenFields } from '../parts/decision-layout.ts';
import { destination } from '../parts/destination.ts';
import type { RequestSurroundings } from '../parts/key-request-rows.ts';
import { unknownApp } from '../parts/unknown-app.ts';

type OneTimePasswordRequest = Pick<KeyRequest, 'parameters' | 'applicationName' | 'redirect' | 'client'> &
  Pick<RequestSurroundings, 'icon'>;

/** Returns the page that asks whether an app may sign the user in once. The app gets full access, and the page says so. */
export function oneTimePasswordPage(
  { parameters, applicationName: app, redirect, client, icon }: OneTimePasswordRequest,
  page: UserPageContext,
): Html {
  const words = page.t.consent.oneTimePassword;
  return decisionLayout(
    {
      title: words.title({ app }),
      heading: words.heading({ app }),
      icon,
      warning: client ? '' : unknownApp({ app, redirect, hasScopes: false }, page),
      request: html`<p class="note">${words.meaning({ site: page.site.name })}</p>`,
      destination: words.linkSentTo({ destination: destination(redirect, app, page) }),
      rows: '',
      action: `${page.basePath}/user-api-key/otp`,
      declineAction: null,
      fields: hiddenFields({
        application_name: parameters.applicationName,
        public_key: parameters.publicKey,
        auth_redirect: parameters.authRedirect,
        padding: parameters.padding,
      }),
      footnote: words.toDecline,
    },
    page,
  );
}
