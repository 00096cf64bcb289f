import { html } from 'hono/html';
import type { Provider } from '../provider.ts';
import type { KeyRequest } from '../steps/key-request.ts';
import type { KeyRecord } from '../store/store.ts';
import { destination } from './destination.ts';
import { type Html, layout } from './layout.ts';
import { appsPath } from './own-paths.ts';
import { inWordsAgo, inWordsDay, inWordsDuration, inWordsMinute } from './words.ts';

/**
 * Who asks, what for, where the answer goes, until when, and what it replaces (PROTOCOL.md section 3). Names that
 * came with the request are isolated with `<bdi>`, so that their writing direction cannot rearrange the sentence.
 *
 * @param replaces the person's unrevoked key of the same client, if there is one
 */
export function consentPage(request: KeyRequest, replaces: KeyRecord | null, provider: Provider): Html {
  const { applicationName, session } = request;
  const action = `${provider.basePath}/user-api-key`;
  return layout(
    `Allow ${applicationName}?`,
    html`<h1>Allow <bdi>${applicationName}</bdi> to act for you?</h1>
      <p class="who">You are signed in as <strong><bdi>${session.user.username}</bdi></strong>.</p>
      ${request.client ? '' : unregisteredNote(applicationName)}
      <section aria-labelledby="what">
        <h2 id="what">It asks to</h2>
        <ul class="scopes">${request.scopes.map((name) => scopeItem(name, provider))}</ul>
      </section>
      <dl>
        <div><dt>Answer goes to</dt><dd>${destination(request.redirect, applicationName)}</dd></div>
        <div><dt>Key is good until</dt><dd>${expiry(request, provider.now())}</dd></div>
        ${replaces ? html`<div><dt>Replaces</dt><dd>${replacement(replaces, provider.now())}</dd></div>` : ''}
        ${request.isUrlKey ? html`<div><dt>May be in a link</dt><dd>${URL_KEY_NOTE}</dd></div>` : ''}
        ${request.push ? html`<div><dt>Notifications go to</dt><dd><code>${request.parameters.pushUrl}</code></dd></div>` : ''}
      </dl>
      <form method="post" action="${action}">
        <input type="hidden" name="authenticity_token" value="${session.csrfToken}" />
        ${hiddenFields(request)}
        <div class="buttons">
          <button type="submit" class="primary">Approve</button>
          <button type="submit" formaction="${action}/decline">Decline</button>
        </div>
      </form>
      <p class="fine">Your password stays with you. You can take this back at any time, among <a href="${appsPath(session, provider)}">your apps</a>.</p>`,
    provider,
  );
}

const URL_KEY_NOTE =
  'This key is made to be part of an address, as calendars need it. Whoever has that address can read the same; revoke the key if it gets about.';

function unregisteredNote(name: string): Html {
  return html`<p class="note">
    This app is not registered here; it gave its name itself. Approve only if you have just started
    <bdi>${name}</bdi> yourself.
  </p>`;
}

function scopeItem(name: string, { scopes }: Provider): Html {
  const scope = scopes[name];
  return html`<li class="${scope?.isDangerous ? 'dangerous' : ''}">
    ${scope?.sentence ?? name} <code>${name}</code>
    ${scope?.isDangerous ? html`<span class="warning">Far-reaching: only for apps you trust fully.</span>` : ''}
  </li>`;
}

function expiry({ expiresInSeconds }: KeyRequest, now: number): Html {
  if (expiresInSeconds === null) return html`<span class="warning">you revoke it: it has no end date</span>`;
  return html`${inWordsMinute(now + expiresInSeconds * 1000)} (${inWordsDuration(expiresInSeconds)})`;
}

function replacement(key: KeyRecord, now: number): Html {
  const use = key.lastUsedAt === null ? 'never used' : `last used ${inWordsAgo(key.lastUsedAt, now)}`;
  return html`the key approved on ${inWordsDay(key.createdAt)}, ${use}; it stops working`;
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
