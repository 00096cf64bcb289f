import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import type { KeyRequest } from '../../issue/steps/key-request.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { destination } from '../parts/destination.ts';
import { row } from '../parts/key-rows.ts';
import { csrfField, layout, signedInLine } from '../parts/layout.ts';
import { manageInApps } from '../parts/own-paths.ts';
import { keyRows, scopeList } from './request-details.ts';

/** A request for a key, as the user decides about it. */
export interface ConsentView {
  readonly request: KeyRequest;
  /** The user's unrevoked key of the same client, if there is one. */
  readonly replaces: KeyRecord | null;
  readonly scopes: ScopeDefinitions;
}

/**
 * Returns the consent page: client, scopes, receiver, expiry and the key it replaces (PROTOCOL.md#authorize). Names
 * from the request are isolated with `<bdi>`, so that their writing direction cannot rearrange the sentence.
 */
export function consentPage({ request, replaces, scopes }: ConsentView, page: UserPageContext): Html {
  const { common, consent } = page.t;
  const app = request.applicationName;
  const action = `${page.basePath}/user-api-key`;
  return layout(
    consent.title({ app }),
    html`<h1>${consent.heading({ app })}</h1>
      ${signedInLine(page)}
      ${request.client ? '' : html`<p class="note">${consent.unverifiedApp} ${consent.onlyIfStarted({ app })}</p>`}
      ${scopeList(request.scopes, scopes, page)}
      <dl>
        ${row(consent.keySentTo, destination(request.redirect, app, page))}
        ${keyRows(request, replaces, page)}
      </dl>
      <form method="post" action="${action}">
        ${csrfField(page)}
        ${hiddenFields(request)}
        <div class="buttons">
          <button type="submit" class="primary">${common.approve}</button>
          <button type="submit" formaction="${action}/decline">${common.decline}</button>
        </div>
      </form>
      <p class="fine">${consent.password} ${manageInApps(page)}</p>`,
    page,
  );
}

/** Returns the request as it was sent: the approval validates it again. */
function hiddenFields({ parameters }: KeyRequest): Html[] {
  const fields = {
    client_id: parameters.clientId,
    nonce: parameters.nonce,
    scopes: parameters.scopes.join(','),
    application_name: parameters.applicationName,
    public_key: parameters.publicKey,
    auth_redirect: parameters.authRedirect,
    push_url: parameters.pushUrl,
    padding: parameters.padding,
    expires_in_seconds: parameters.expiresInSeconds,
  };
  return Object.entries(fields)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
}
