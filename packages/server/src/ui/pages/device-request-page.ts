import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { Activation, ShownGrant } from '../../issue/device/activation.ts';
import type { Visitor } from '../../issue/device/find-shown-grant.ts';
import type { Provider } from '../../issue/provider.ts';
import { type Html, layout } from '../parts/layout.ts';
import { inWordsDuration } from '../parts/words.ts';
import { codeField, codeProblem } from './device-code-field.ts';
import { keyRows, scopeList } from './request-details.ts';

type Authorize = Extract<Activation, { state: 'authorize' }>;

/**
 * What a device asks for: who, from where, how long ago, and what for. Who came by a link types the code here, and so
 * shows that the device is theirs; who typed it before decides.
 *
 * @param replaces the person's unrevoked key of the same client, if there is one
 */
export function deviceRequestPage(
  activation: Authorize,
  replaces: KeyRecord | null,
  visitor: Visitor,
  provider: Provider,
): Html {
  const { request } = activation.shown;
  const { applicationName, session } = request;
  return layout(
    `Allow ${applicationName}?`,
    html`<h1>Allow <bdi>${applicationName}</bdi> to act for you?</h1>
      <p class="who">You are signed in as <strong><bdi>${session.user.username}</bdi></strong>.</p>
      ${activation.by === 'request' ? codeProblem(activation.problem) : ''}
      <p class="note">
        ${request.client ? '' : 'This app is not registered here; it gave its name itself.'}
        Approve only if you have just started <bdi>${applicationName}</bdi> yourself, on a device of your own. If somebody sent
        you ${activation.by === 'request' ? 'this link' : 'the code'}, it is their device that would act as you.
      </p>
      ${scopeList(request.scopes, provider)}
      <dl>
        <div><dt>Asked from</dt><dd>${origin(activation.shown, visitor)}</dd></div>
        <div><dt>Asked</dt><dd>${age(activation.shown, provider.now())}</dd></div>
        ${keyRows(request, replaces, provider.now())}
      </dl>
      <form method="post" action="${provider.basePath}/user-api-key/device/authorize">
        <input type="hidden" name="authenticity_token" value="${session.csrfToken}" />
        ${activation.by === 'request' ? typeAndApprove(activation) : decide(activation, provider)}
      </form>`,
    provider,
  );
}

function typeAndApprove({ token, problem }: Extract<Authorize, { by: 'request' }>): Html {
  return html`<input type="hidden" name="request" value="${token}" />
    ${codeField(problem, { hasFocus: false })}
    <div class="buttons"><button type="submit" class="primary">Approve</button></div>
    <p class="fine">To decline, close this page: without the code, nothing happens.</p>`;
}

function decide({ token }: Extract<Authorize, { by: 'code' }>, { basePath }: Provider): Html {
  return html`<input type="hidden" name="approval_token" value="${token}" />
    <div class="buttons">
      <button type="submit" class="primary">Approve</button>
      <button type="submit" formaction="${basePath}/user-api-key/device/deny">Decline</button>
    </div>`;
}

function origin({ grant }: ShownGrant, { ipAddress }: Visitor): Html {
  const isHere = grant.createdFrom === ipAddress;
  return html`<bdi>${grant.createdFrom}</bdi>${isHere ? ', the address that you have now too' : ''}`;
}

function age({ grant }: ShownGrant, now: number): string {
  const seconds = Math.floor((now - grant.createdAt) / 1000);
  return seconds < 60 ? 'less than a minute ago' : `${inWordsDuration(seconds)} ago`;
}
