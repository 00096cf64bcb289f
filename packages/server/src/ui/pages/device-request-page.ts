import { html } from 'hono/html';
import { optionalScopesOf } from '../../issue/consent-choice.ts';
import type { Activation } from '../../issue/device/activation.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { type DecisionParts, decisionLayout, hiddenFields } from '../parts/decision-layout.ts';
import { identityList } from '../parts/identity-sentence.ts';
import { keyRows, type RequestSurroundings } from '../parts/key-request-rows.ts';
import { row } from '../parts/key-rows.ts';
import { manageInApps } from '../parts/own-paths.ts';
import { scopeGroups } from '../parts/scope-groups.ts';
import { unknownApp } from '../parts/unknown-app.ts';
import { codeField, codeProblem } from './device-code-field.ts';

type Authorize = Extract<Activation, { state: 'authorize' }>;

/** The request of a device, and the IP address of the user who looks at it. */
export interface DeviceRequestView extends RequestSurroundings {
  readonly activation: Authorize;
  readonly ipAddress: string;
}

/**
 * Returns the page on which a user decides about the request of a device. A user who followed a link enters the code
 * here, which proves that the device is theirs. A user who entered it before approves or declines.
 */
export function deviceRequestPage(
  { activation, ipAddress, ...view }: DeviceRequestView,
  page: UserPageContext,
): Html {
  const { consent, device } = page.t;
  const { asked, request, grant } = activation.shown;
  const isVerified = request.client !== null || asked.oauth?.isAuthenticated === true;
  const app = request.applicationName;
  const { createdFrom } = grant;
  const path = `${page.basePath}/user-api-key/device`;
  const from =
    createdFrom === ipAddress ? device.sameIpAddress({ ipAddress }) : html`<bdi>${createdFrom}</bdi>`;
  const { scopes: names } = request;
  const optional = optionalScopesOf(request);
  return decisionLayout(
    {
      title: consent.title({ app }),
      heading: consent.heading({ app }),
      icon: view.icon,
      warning: html`${isVerified ? '' : unknownApp({ app, redirect: null, hasScopes: names.length > 0 }, page)}
        <p class="note">${activation.by === 'request' ? device.linkWarning({ app }) : device.enteredCodeWarning({ app })}</p>`,
      request: html`${identityList(asked.oauth?.identityScopes ?? [], page)}
        ${names.length === 0 ? '' : scopeGroups({ names, optional, ...view }, page)}`,
      destination: '',
      rows: html`${row(device.requestedFrom, from)}
        ${row(device.requested, page.format.ago(grant.createdAt, page.now))}
        ${names.length === 0 ? '' : keyRows(request, view, page)}`,
      action: `${path}/authorize`,
      ...(activation.by === 'request' ? byLink(activation, page) : byCode(activation, path, page)),
    },
    page,
  );
}

function byLink(
  { token, problem }: Extract<Authorize, { by: 'request' }>,
  page: UserPageContext,
): Pick<DecisionParts, 'problem' | 'fields' | 'declineAction' | 'footnote'> {
  return {
    problem: codeProblem(problem, page),
    fields: html`${hiddenFields({ request: token })}${codeField(problem, { hasFocus: false }, page)}`,
    declineAction: null,
    footnote: page.t.device.toDecline,
  };
}

function byCode(
  { token }: Extract<Authorize, { by: 'code' }>,
  path: string,
  page: UserPageContext,
): Pick<DecisionParts, 'fields' | 'declineAction' | 'footnote'> {
  return {
    fields: hiddenFields({ approval_token: token }),
    declineAction: `${path}/deny`,
    footnote: html`${page.t.consent.password} ${manageInApps(page)}`,
  };
}
