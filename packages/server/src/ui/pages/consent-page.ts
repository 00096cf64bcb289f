import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import type { KeyRequest } from '../../issue/steps/key-request.ts';
import type { UserPageContext } from '../page-context.ts';
import { destination } from '../parts/destination.ts';
import { csrfField, type Html, layout } from '../parts/layout.ts';
import { appsPath, ownLink } from '../parts/own-paths.ts';
import { keyRows, scopeList } from './request-details.ts';

/** What is asked for. */
export interface ConsentView {
  readonly request: KeyRequest;
  /** The user's unrevoked key of the same client, if there is one. */
  readonly replaces: KeyRecord | null;
  readonly scopes: ScopeDefinitions;
}

/**
 * Who asks, what for, where the answer goes, until when, and what it replaces (PROTOCOL.md section 3). Names that
 * came with the request are isolated with `<bdi>`, so that their writing direction cannot rearrange the sentence.
 */
export function consentPage({ request, replaces, scopes }: ConsentView, page: UserPageContext): Html {
  const { applicationName } = request;
  const action = `${page.basePath}/user-api-key`;
  return layout(
    `Allow ${applicationName}?`,
    html`<h1>Allow <bdi>${applicationName}</bdi> to act for you?</h1>
      <p class="who">You are signed in as <strong><bdi>${page.session.user.username}</bdi></strong>.</p>
      ${request.client ? '' : unregisteredNote(applicationName)}
      ${scopeList(request.scopes, scopes)}
      <dl>
        <div><dt>Answer goes to</dt><dd>${destination(request.redirect, applicationName)}</dd></div>
        ${keyRows(request, replaces, page.now)}
      </dl>
      <form method="post" action="${action}">
        ${csrfField(page)}
        ${hiddenFields(request)}
        <div class="buttons">
          <button type="submit" class="primary">Approve</button>
          <button type="submit" formaction="${action}/decline">Decline</button>
        </div>
      </form>
      <p class="fine">Your password stays with you. You can take this back at any time, among ${ownLink(appsPath(page), 'your apps')}.</p>`,
    page,
  );
}

function unregisteredNote(name: string): Html {
  return html`<p class="note">
    This app is not registered here; it gave its name itself. Approve only if you have just started
    <bdi>${name}</bdi> yourself.
  </p>`;
}

/** The request once more, as it came: what is approved is judged again from these. */
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
