import { html } from 'hono/html';
import type { Reason } from '../../core/reason.ts';
import type { RedirectAdvice } from '../../issue/redirects/advise-redirect.ts';
import type { RegisteredClient } from '../../ports/client-store.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField } from '../parts/layout.ts';
import { adminLayout } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';
import { redirectAdvice } from './redirect-advice.ts';

/** The patterns of the site, and the advice about the one that an admin entered. */
export interface RedirectsView {
  /** As entered; empty if nothing was. */
  readonly entered: string;
  readonly advice: RedirectAdvice | null;
  /** The apps that no other pattern of the settings allows. */
  readonly orphans: number;
  /** Why the pattern is invalid. */
  readonly mistake: Reason | null;
  /** Whether it was just added. */
  readonly isAdded: boolean;
  /** The patterns in the settings, with the number of apps that use each. */
  readonly listed: readonly { readonly pattern: string; readonly apps: number }[];
  /** Registered clients whose redirect can be allowed by one pattern. */
  readonly wanted: readonly RegisteredClient[];
}

const SETTING = 'allowed_user_api_auth_redirects';

/** Returns the page that explains a redirect pattern, lists those of the site, and those that registered clients want. */
export function redirectsPage(view: RedirectsView, page: UserPageContext): Html {
  const { redirects: words, settings } = page.t;
  const { entered, advice, mistake } = view;
  const path = adminPath('redirects', page);
  const setting = html`<a href="${adminPath('settings', page)}#${SETTING}"><code>${SETTING}</code></a>`;
  return adminLayout(
    'redirects',
    words.title,
    html`<h1>${words.title}</h1>
      ${view.isAdded ? html`<p class="done" role="status">${words.added({ pattern: html`<code>${entered}</code>` })}</p>` : ''}
      <p>${words.meaning({ setting })}</p>
      <form method="get" action="${path}" role="search">
        <label for="pattern">${words.pattern}</label>
        <p class="fine hint" id="about-pattern">${words.patternHint}</p>
        <input id="pattern" name="pattern" type="text" required maxlength="1000" autocomplete="off" autocapitalize="none" spellcheck="false" value="${entered}"
          aria-describedby="about-pattern mistake-pattern" ${mistake ? html`aria-invalid="true"` : ''} />
        <p class="mistake" id="mistake-pattern" ${mistake ? html`role="alert"` : ''}>${mistake ? settings.describeMistake(mistake) : ''}</p>
        <div class="buttons"><button type="submit" class="primary">${words.show}</button></div>
      </form>
      ${advice === null ? '' : redirectAdvice(advice, view.orphans, page)}
      <h2>${words.current}</h2>
      ${view.listed.length === 0 ? html`<p>${words.none}</p>` : patternList(view.listed, path, page)}
      ${view.wanted.length === 0 ? '' : wantedList(view.wanted, page)}`,
    page,
  );
}

function patternList(listed: RedirectsView['listed'], path: string, { t }: UserPageContext): Html {
  const { redirects: words } = t;
  return html`<ul class="patterns">
    ${listed.map(
      ({ pattern, apps }) => html`<li>
        <a href="${path}?${new URLSearchParams({ pattern })}"><code class="address">${pattern}</code></a>
        <span class="fine">${words.appCount({ count: apps })}</span>
      </li>`,
    )}
  </ul>`;
}

/** The button repeats the redirect, so that the admin allows the one that this page shows. */
function wantedList(wanted: readonly RegisteredClient[], page: UserPageContext): Html {
  const { redirects: words } = page.t;
  return html`<h2>${words.wanted}</h2>
    <p class="fine first">${words.wantedMeaning}</p>
    <ul class="patterns">
      ${wanted.map(
        ({ clientId, applicationName: app, authRedirect: redirect }) => html`<li>
          <span><bdi>${app}</bdi> <code class="address">${redirect}</code></span>
          <form method="post" action="${adminPath('clients', page)}/allow-redirect">
            ${csrfField(page)}
            <input type="hidden" name="client_id" value="${clientId}" />
            <input type="hidden" name="auth_redirect" value="${redirect}" />
            <button type="submit" aria-label="${words.allowOf({ redirect, app })}">${words.allow}</button>
          </form>
        </li>`,
      )}
    </ul>`;
}
