import { ValetkeyError } from '@valetkey/protocol';
import { textInEnglish } from '../../../core/localized-text.ts';
import type { Activation, ShownGrant } from '../../../issue/device/activation.ts';
import type { Visitor } from '../../../issue/device/find-shown-grant.ts';
import type { Provider } from '../../../issue/provider.ts';
import { deviceCodePage } from '../../../ui/pages/device-code-page.ts';
import { deviceDonePage } from '../../../ui/pages/device-done-page.ts';
import { deviceRequestPage } from '../../../ui/pages/device-request-page.ts';
import type { EndpointRequest } from '../../endpoint-request.ts';
import { loadRequestIcon } from '../../load-icons.ts';
import { createPageContext } from '../../page-context.ts';
import { jsonResponse, pageResponse, redirectResponse } from '../../responses.ts';
import { loadSurroundings } from '../load-request-surroundings.ts';
import { readBodyText } from '../read-body-text.ts';
import { requireSession } from '../require-session.ts';

/**
 * Processes a form of the activation pages, with session and CSRF token. Redirects to sign-in without the entered
 * code if the user is not signed in.
 *
 * @throws ValetkeyError `session_required`, `login_required`, `csrf_invalid`, `user_suspended`
 */
export async function answerActivationForm(
  request: EndpointRequest,
  provider: Provider,
  act: (visitor: Visitor) => Promise<Activation>,
): Promise<Response> {
  try {
    const session = await requireSession(request, provider);
    const visitor = { session, ipAddress: request.ipAddress };
    return answerDeviceVerification(await act(visitor), request, visitor, provider);
  } catch (error) {
    const isAnonymous = error instanceof ValetkeyError && error.code === 'login_required';
    if (!isAnonymous || request.wantsJson) throw error;
    return redirectResponse(
      provider.site.loginUrl(activationPath(readBodyText(request, 'request'), provider)),
      303,
    );
  }
}

/** Renders the state of a device verification as a page or as JSON. */
export async function answerDeviceVerification(
  activation: Activation,
  { raw, wantsJson }: EndpointRequest,
  visitor: Visitor,
  provider: Provider,
): Promise<Response> {
  if (wantsJson) return jsonResponse(activationJson(activation, provider));
  const { session, ipAddress } = visitor;
  const page = await createPageContext(raw, session, provider);
  if (activation.state === 'enter_code') return pageResponse(deviceCodePage(activation.problem, page));
  if (activation.state === 'complete') return pageResponse(deviceDonePage(activation, page));
  const { asked, request } = activation.shown;
  const surroundings = await loadSurroundings(request, session, provider);
  if (!asked.oauth) return pageResponse(deviceRequestPage({ activation, ipAddress, ...surroundings }, page));
  const { clientId } = request.parameters;
  const hasSecret = asked.oauth.isAuthenticated;
  const icon = await loadRequestIcon({ kind: 'oauth', clientId, hasSecret, authRedirect: null }, provider);
  // An OAuth grant replaces no key.
  const view = { activation, ipAddress, ...surroundings, icon, replaces: null };
  return pageResponse(deviceRequestPage(view, page));
}

/** Returns the path of the page. It contains the request token, never the code. */
export const activationPath = (
  requestToken: string | null,
  { basePath }: Pick<Provider, 'basePath'>,
): string =>
  `${basePath}/user-api-key/activate${requestToken === null ? '' : `?request=${encodeURIComponent(requestToken)}`}`;

function activationJson(activation: Activation, provider: Provider) {
  const { state } = activation;
  if (activation.state === 'complete') return { state, denied: activation.denied };
  const flags = 'problem' in activation && activation.problem !== null ? { [activation.problem]: true } : {};
  if (activation.state === 'enter_code') return { state, ...flags };
  const token =
    activation.by === 'request' ? { request_token: activation.token } : { approval_token: activation.token };
  return { state, ...flags, ...token, device_auth: deviceAuthShape(activation.shown, provider) };
}

function deviceAuthShape({ asked, request, grant }: ShownGrant, { scopes, now }: Provider) {
  const { expiresInSeconds } = request;
  return {
    application_name: request.applicationName,
    localized_scopes: request.scopes.map((name) => textInEnglish(scopes[name]?.sentence ?? name)),
    ...(asked.oauth?.identityScopes?.length && { identity_scopes: asked.oauth.identityScopes }),
    write_scope: request.scopes.includes('write'),
    unregistered_client: request.client === null && !asked.oauth?.isAuthenticated,
    expires_at: expiresInSeconds === null ? null : new Date(now() + expiresInSeconds * 1000).toISOString(),
    requested_at: new Date(grant.createdAt).toISOString(),
    requested_from: grant.createdFrom,
  };
}
