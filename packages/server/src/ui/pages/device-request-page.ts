import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import type { Activation, ShownGrant } from '../../issue/device/activation.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField, type Html, layout } from '../parts/layout.ts';
import { inWordsDuration } from '../parts/words.ts';
import { codeField, codeProblem } from './device-code-field.ts';
import { keyRows, scopeList } from './request-details.ts';

type Authorize = Extract<Activation, { state: 'authorize' }>;

/** What is asked for, and by which IP address it is looked at. */
export interface DeviceRequestView {
  readonly activation: Authorize;
  /** The user's unrevoked key of the same client, if there is one. */
  readonly replaces: KeyRecord | null;
  readonly ipAddress: string;
  readonly scopes: ScopeDefinitions;
}

/**
 * What a device asks for: who, from where, how long ago, and what for. Who came by a link types the code here, and so
 * shows that the device is theirs; who typed it before decides.
 */
export function deviceRequestPage(
  { activation, replaces, ipAddress, scopes }: DeviceRequestView,
  page: UserPageContext,
): Html {
  const { request } = activation.shown;
  const { applicationName } = request;
  return layout(
    `Allow ${applicationName}?`,
    html`<h1>Allow <bdi>${applicationName}</bdi> to act for you?</h1>
      <p class="who">You are signed in as <strong><bdi>${page.session.user.username}</bdi></strong>.</p>
      ${activation.by === 'request' ? codeProblem(activation.problem) : ''}
      <p class="note">
        ${request.client ? '' : 'This app is not registered here; it gave its name itself.'}
        Approve only if you have just started <bdi>${applicationName}</bdi> yourself, on a device of your own. If somebody sent
        you ${activation.by === 'request' ? 'this link' : 'the code'}, it is their device that would act as you.
      </p>
      ${scopeList(request.scopes, scopes)}
      <dl>
        <div><dt>Asked from</dt><dd>${origin(activation.shown, ipAddress)}</dd></div>
        <div><dt>Asked</dt><dd>${age(activation.shown, page.now)}</dd></div>
        ${keyRows(request, replaces, page.now)}
      </dl>
      <form method="post" action="${page.basePath}/user-api-key/device/authorize">
        ${csrfField(page)}
        ${activation.by === 'request' ? typeAndApprove(activation) : decide(activation, page)}
      </form>`,
    page,
  );
}

function typeAndApprove({ token, problem }: Extract<Authorize, { by: 'request' }>): Html {
  return html`<input type="hidden" name="request" value="${token}" />
    ${codeField(problem, { hasFocus: false })}
    <div class="buttons"><button type="submit" class="primary">Approve</button></div>
    <p class="fine">To decline, close this page: without the code, nothing happens.</p>`;
}

function decide({ token }: Extract<Authorize, { by: 'code' }>, { basePath }: UserPageContext): Html {
  return html`<input type="hidden" name="approval_token" value="${token}" />
    <div class="buttons">
      <button type="submit" class="primary">Approve</button>
      <button type="submit" formaction="${basePath}/user-api-key/device/deny">Decline</button>
    </div>`;
}

function origin({ grant }: ShownGrant, ipAddress: string): Html {
  const isHere = grant.createdFrom === ipAddress;
  return html`<bdi>${grant.createdFrom}</bdi>${isHere ? ', the address that you have now too' : ''}`;
}

function age({ grant }: ShownGrant, now: number): string {
  const seconds = Math.floor((now - grant.createdAt) / 1000);
  return seconds < 60 ? 'less than a minute ago' : `${inWordsDuration(seconds)} ago`;
}
