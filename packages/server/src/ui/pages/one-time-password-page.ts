import { html } from 'hono/html';
import type { KeyRequest } from '../../issue/steps/key-request.ts';
import type { UserPageContext } from '../page-context.ts';
import { destination } from '../parts/destination.ts';
import { csrfField, type Html, layout } from '../parts/layout.ts';

type Asked = Pick<KeyRequest, 'parameters' | 'applicationName' | 'redirect'>;

/** Asks whether an app may sign the person in, once; there is no half of it, so the page says what it means. */
export function oneTimePasswordPage(
  { parameters, applicationName, redirect }: Asked,
  page: UserPageContext,
): Html {
  const fields = {
    application_name: parameters.applicationName,
    public_key: parameters.publicKey,
    auth_redirect: parameters.authRedirect,
    padding: parameters.padding,
  };
  return layout(
    `Let ${applicationName} sign you in?`,
    html`<h1>Let <bdi>${applicationName}</bdi> sign you in, once?</h1>
      <p class="who">You are signed in as <strong><bdi>${page.session.user.username}</bdi></strong>.</p>
      <p class="note">
        The app gets a link that opens ${page.site.name} as you, with everything you can do. It works once, within ten
        minutes. Approve only if you have just asked <bdi>${applicationName}</bdi> for it.
      </p>
      <dl><div><dt>Answer goes to</dt><dd>${destination(redirect, applicationName)}</dd></div></dl>
      <form method="post" action="${page.basePath}/user-api-key/otp">
        ${csrfField(page)}
        ${Object.entries(fields)
          .filter(([, value]) => value !== null)
          .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        <div class="buttons">
          <button type="submit" class="primary">Approve</button>
        </div>
      </form>
      <p class="fine">To decline, close this page.</p>`,
    page,
  );
}
