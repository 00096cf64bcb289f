import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import type { Activation } from '../../issue/device/activation.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { row } from '../parts/key-rows.ts';
import { csrfField, layout, signedInLine } from '../parts/layout.ts';
import { codeField, codeProblem } from './device-code-field.ts';
import { keyRows, scopeList } from './request-details.ts';

type Authorize = Extract<Activation, { state: 'authorize' }>;

/** The request of a device, and the IP address of the user who looks at it. */
export interface DeviceRequestView {
  readonly activation: Authorize;
  /** The user's unrevoked key of the same client, if there is one. */
  readonly replaces: KeyRecord | null;
  readonly ipAddress: string;
  readonly scopes: ScopeDefinitions;
}

/**
 * Returns the page on which a user decides about the request of a device. A user who followed a link enters the code
 * here, which proves that the device is theirs. A user who entered it before approves or declines.
 */
export function deviceRequestPage(
  { activation, replaces, ipAddress, scopes }: DeviceRequestView,
  page: UserPageContext,
): Html {
  const { consent, device } = page.t;
  const { request, grant } = activation.shown;
  const app = request.applicationName;
  const { createdFrom } = grant;
  const isByLink = activation.by === 'request';
  return layout(
    consent.title({ app }),
    html`<h1>${consent.heading({ app })}</h1>
      ${signedInLine(page)}
      ${isByLink ? codeProblem(activation.problem, page) : ''}
      <p class="note">
        ${request.client ? '' : consent.unverifiedApp}
        ${isByLink ? device.linkWarning({ app }) : device.enteredCodeWarning({ app })}
      </p>
      ${scopeList(request.scopes, scopes, page)}
      <dl>
        ${row(
          device.requestedFrom,
          createdFrom === ipAddress ? device.sameIpAddress({ ipAddress }) : html`<bdi>${createdFrom}</bdi>`,
        )}
        ${row(device.requested, page.format.ago(grant.createdAt, page.now))}
        ${keyRows(request, replaces, page)}
      </dl>
      <form method="post" action="${page.basePath}/user-api-key/device/authorize">
        ${csrfField(page)}
        ${activation.by === 'request' ? codeAndApprove(activation, page) : approveOrDecline(activation, page)}
      </form>`,
    page,
  );
}

function codeAndApprove(
  { token, problem }: Extract<Authorize, { by: 'request' }>,
  page: UserPageContext,
): Html {
  return html`<input type="hidden" name="request" value="${token}" />
    ${codeField(problem, { hasFocus: false }, page)}
    <div class="buttons"><button type="submit" class="primary">${page.t.common.approve}</button></div>
    <p class="fine">${page.t.device.toDecline}</p>`;
}

function approveOrDecline(
  { token }: Extract<Authorize, { by: 'code' }>,
  { basePath, t }: UserPageContext,
): Html {
  return html`<input type="hidden" name="approval_token" value="${token}" />
    <div class="buttons">
      <button type="submit" class="primary">${t.common.approve}</button>
      <button type="submit" formaction="${basePath}/user-api-key/device/deny">${t.common.decline}</button>
    </div>`;
}
