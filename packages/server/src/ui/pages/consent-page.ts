import { html } from 'hono/html';
import { optionalScopesOf } from '../../issue/consent-choice.ts';
import type { KeyRequest } from '../../issue/steps/key-request.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { decisionLayout, hiddenFields } from '../parts/decision-layout.ts';
import { destination } from '../parts/destination.ts';
import { keyRows, type RequestSurroundings } from '../parts/key-request-rows.ts';
import { manageInApps } from '../parts/own-paths.ts';
import { scopeGroups } from '../parts/scope-groups.ts';
import { unknownApp } from '../parts/unknown-app.ts';

/** A request for a key, as the user decides about it. */
export interface ConsentView extends RequestSurroundings {
  readonly request: KeyRequest;
}

/**
 * Returns the consent page: client, scopes, receiver, expiry and the key it replaces (PROTOCOL.md#consent-page). Names
 * from the request are isolated with `<bdi>`, so that their writing direction cannot rearrange the sentence.
 */
export function consentPage({ request, ...view }: ConsentView, page: UserPageContext): Html {
  const { consent } = page.t;
  const { applicationName: app, redirect, client, parameters } = request;
  const action = `${page.basePath}/user-api-key`;
  const optional = optionalScopesOf(request);
  return decisionLayout(
    {
      title: consent.title({ app }),
      heading: consent.heading({ app }),
      icon: view.icon,
      warning: client ? '' : unknownApp({ app, redirect, hasScopes: true }, page),
      request: scopeGroups({ names: request.scopes, optional, ...view }, page),
      destination: consent.keySentTo({ destination: destination(redirect, app, page) }),
      rows: keyRows(request, view, page),
      action,
      declineAction: `${action}/decline`,
      // The request as it was sent: the approval validates it again.
      fields: hiddenFields({
        client_id: parameters.clientId,
        nonce: parameters.nonce,
        scopes: parameters.scopes.join(','),
        optional_scopes: parameters.optionalScopes.join(',') || null,
        application_name: parameters.applicationName,
        public_key: parameters.publicKey,
        auth_redirect: parameters.authRedirect,
        push_url: parameters.pushUrl,
        padding: parameters.padding,
        expires_in_seconds: parameters.expiresInSeconds,
      }),
      footnote: html`${consent.password} ${manageInApps(page)}`,
    },
    page,
  );
}
