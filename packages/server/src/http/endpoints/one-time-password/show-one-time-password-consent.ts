import { redirectWarningHost } from '@valetkey/protocol';
import { evaluateKeyRequest } from '../../../issue/steps/evaluate-key-request.ts';
import { oneTimePasswordPage } from '../../../ui/pages/one-time-password-page.ts';
import { loadRequestIcon } from '../../load-icons.ts';
import { createPageContext } from '../../page-context.ts';
import { jsonResponse, pageResponse, redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { findSessionWithoutKey } from '../require-session.ts';

/** `GET /user-api-key/otp`: shows the consent page for a one-time password (PROTOCOL.md#one-time-passwords). */
export const showOneTimePasswordConsent: Endpoint = async (request, provider) => {
  const session = await findSessionWithoutKey(request, provider);
  const decision = await evaluateKeyRequest('otp', request.parameters, session, provider);
  if (!decision.allowed) {
    if (decision.refusal.code !== 'login_required') throw decision.refusal;
    return redirectResponse(provider.site.loginUrl(request.returnTo));
  }
  const { applicationName, client, parameters, redirect, session: found } = decision.request;
  if (!request.wantsJson) {
    const page = await createPageContext(request.raw, found, provider);
    const icon = await loadRequestIcon({ kind: 'app', registration: client }, provider);
    return pageResponse(oneTimePasswordPage({ ...decision.request, icon }, page));
  }
  return jsonResponse({
    state: 'ready',
    application_name: applicationName,
    auth_redirect: redirect?.text,
    redirect_uri: redirectWarningHost(redirect),
    padding: parameters.padding,
    current_user: { username: found.user.username, avatar_template: found.user.avatarTemplate ?? null },
  });
};
