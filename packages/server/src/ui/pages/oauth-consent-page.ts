import { html } from 'hono/html';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import { optionalScopesOf } from '../../issue/consent-choice.ts';
import type { DeviceRequest } from '../../issue/steps/evaluate-key-request.ts';
import type { OauthClientKind } from '../../ports/oauth-client-store.ts';
import type { OauthGrant } from '../../ports/oauth-grant-store.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { decisionLayout, hiddenFields } from '../parts/decision-layout.ts';
import { identityList } from '../parts/identity-sentence.ts';
import { keyRows } from '../parts/key-request-rows.ts';
import { row } from '../parts/key-rows.ts';
import { manageInApps } from '../parts/own-paths.ts';
import { scopeGroups } from '../parts/scope-groups.ts';

/** An OAuth request, as the user decides about it. */
export interface OauthConsentView {
  readonly client: {
    readonly kind: OauthClientKind;
    readonly name: string;
    /** The host of the URL that identifies the client; null for clients that the site stores. */
    readonly host: string | null;
  };
  /** The hash of the icon of the client; null for none, or if anyone can receive the answer. */
  readonly icon: string | null;
  readonly redirect: { readonly uri: string; readonly kind: 'web' | 'loopback' | 'app' };
  readonly request: DeviceRequest;
  /** The scopes of OpenID Connect: what the client learns about the user. */
  readonly identityScopes: readonly string[];
  /** The scopes that were requested but are not possible here. */
  readonly refusedScopes: readonly string[];
  /** The other grants of this client and user. */
  readonly connections: readonly OauthGrant[];
  /** Whether the user can choose that later sign-ins show no page. */
  readonly canBeRemembered: boolean;
  readonly maxExpiryDays: number;
  readonly scopes: ScopeDefinitions;
  /** The path that an approval is sent to; a refusal is sent to `/decline` below it. */
  readonly action: string;
  readonly fields: Readonly<Record<string, string | null>>;
}

/**
 * Returns the consent page for an OAuth client (PROTOCOL.md#oauth-consent). A name that nobody has checked is quoted, and the
 * heading has the host instead.
 */
export function oauthConsentPage(view: OauthConsentView, page: UserPageContext): Html {
  const { consent, oauth } = page.t;
  const { client, request, connections, action } = view;
  const app = client.host ?? client.name;
  const surroundings = { ...view, replaces: null };
  const scopes = { ...surroundings, names: request.scopes, optional: optionalScopesOf(request) };
  return decisionLayout(
    {
      title: consent.title({ app }),
      heading: consent.heading({ app }),
      icon: view.icon,
      warning: client.kind === 'registered' ? '' : identity(view, page),
      request: html`${identityList(view.identityScopes, page)}
        ${request.scopes.length === 0 ? '' : scopeGroups(scopes, page)}
        ${refusedScopes(view, page)}`,
      destination: html`${oauth.answerSentTo({ destination: destination(view.redirect, page) })}
        ${view.redirect.kind === 'loopback' ? html`<span class="fine">${oauth.otherComputer}</span>` : ''}`,
      // A sign-in alone has no access that could end later.
      rows: html`${request.scopes.length === 0 ? '' : keyRows(request, surroundings, page)}
        ${connections.length === 0 ? '' : row(oauth.connected, connectionChoice(connections, page))}
        ${view.canBeRemembered ? row(oauth.nextTime, checkbox('remember', oauth.remember)) : ''}`,
      action,
      declineAction: `${action}/decline`,
      fields: hiddenFields(view.fields),
      footnote: html`${consent.password} ${manageInApps(page)}`,
    },
    page,
  );
}

/** Returns what is certain about a client that no admin has registered, and what the user can check. */
function identity({ client, redirect }: OauthConsentView, { t }: UserPageContext): Html {
  const { consent, oauth } = t;
  const { name: app, host } = client;
  return html`<div class="note">
    <p>${host === null ? consent.unverifiedApp : html`${oauth.callsItself({ app })} ${oauth.describedBy({ host })}`} ${consent.unknown.check}</p>
    <ul>
      <li>${consent.unknown.started({ app: host ?? app })}</li>
      ${redirect.kind === 'loopback' ? html`<li class="warning">${oauth.anyoneOnThisComputer}</li>` : ''}
      <li>${consent.unknown.needs}</li>
    </ul>
  </div>`;
}

function refusedScopes(
  { refusedScopes: names }: OauthConsentView,
  { t, format }: UserPageContext,
): Html | '' {
  return names.length === 0
    ? ''
    : html`<p class="note">${t.oauth.refusedScopes({ scopes: format.list(names) })}</p>`;
}

function destination({ uri, kind }: OauthConsentView['redirect'], { t }: UserPageContext): Html {
  const { host, protocol } = new URL(uri);
  if (kind === 'loopback') return t.common.destination.thisComputer({ host });
  if (kind === 'app') return t.common.destination.appLink({ scheme: protocol.slice(0, -1) });
  return html`<code class="host">${host}</code>`;
}

const connectionChoice = (grants: readonly OauthGrant[], { t, format }: UserPageContext): Html =>
  html`${format.list(grants.map(({ createdAt }) => html`${format.day(createdAt)}`))}
    ${checkbox('replace', t.oauth.replace)}`;

const checkbox = (name: string, text: string): Html =>
  html`<label class="box"><input type="checkbox" name="${name}" value="true" /> <span>${text}</span></label>`;
