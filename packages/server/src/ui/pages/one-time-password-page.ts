import { html } from 'hono/html';
import type { KeyRequest } from '../../issue/steps/key-request.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { destination } from '../parts/destination.ts';
import { row } from '../parts/key-rows.ts';
import { csrfField, layout, signedInLine } from '../parts/layout.ts';

type OneTimePasswordRequest = Pick<KeyRequest, 'parameters' | 'applicationName' | 'redirect'>;

/** Returns the page that asks whether an app may sign the user in once. The app gets full access, and the page says so. */
export function oneTimePasswordPage(
  { parameters, applicationName: app, redirect }: OneTimePasswordRequest,
  page: UserPageContext,
): Html {
  const words = page.t.consent.oneTimePassword;
  const fields = {
    application_name: parameters.applicationName,
    public_key: parameters.publicKey,
    auth_redirect: parameters.authRedirect,
    padding: parameters.padding,
  };
  return layout(
    words.title({ app }),
    html`<h1>${words.heading({ app })}</h1>
      ${signedInLine(page)}
      <p class="note">${words.meaning({ app, site: page.site.name })}</p>
      <dl>${row(words.linkSentTo, destination(redirect, app, page))}</dl>
      <form method="post" action="${page.basePath}/user-api-key/otp">
        ${csrfField(page)}
        ${Object.entries(fields)
          .filter(([, value]) => value !== null)
          .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        <div class="buttons">
          <button type="submit" class="primary">${page.t.common.approve}</button>
        </div>
      </form>
      <p class="fine">${words.toDecline}</p>`,
    page,
  );
}
