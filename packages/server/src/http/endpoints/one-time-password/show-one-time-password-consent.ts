import { redirectWarningHost } from '@valetkey/protocol';
import { evaluateKeyRequest } from '../../../issue/steps/evaluate-key-request.ts';
import { oneTimePasswordPage } from '../../../ui/pages/one-time-password-page.ts';
import { jsonResponse, pageResponse, redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { carriesKey } from '../require-session.ts';

/** `GET /user-api-key/otp`: an app would like to sign the person in, once (PROTOCOL.md section 7). */
export const showOneTimePasswordConsent: Endpoint = async (request, provider) => {
  const session = carriesKey(request.raw) ? null : await provider.site.findSession(request.raw);
  const decision = await evaluateKeyRequest('otp', request.parameters, session, provider);
  if (!decision.allowed) {
    if (decision.refusal.code !== 'login_required') throw decision.refusal;
    return redirectResponse(provider.site.loginUrl(request.returnTo));
  }
  const { applicationName, redirect, session: user } = decision.request;
  if (!request.wantsJson) return pageResponse(oneTimePasswordPage(decision.request, provider));
  return jsonResponse({
    state: 'ready',
    application_name: applicationName,
    auth_redirect: redirect?.text,
    redirect_uri: redirectWarningHost(redirect),
    current_user: { username: user.user.username, avatar_template: user.user.avatarTemplate },
  });
};
