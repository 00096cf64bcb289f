import { addToRedirect, requireParameter } from '@valetkey/protocol';
import { recordEvent } from '../../audit/record-event.ts';
import { jsonResponse, redirectResponse } from '../../http/responses.ts';
import { issueOneTimePassword } from '../../keys/issue-one-time-password.ts';
import { decideKeyRequest } from '../../steps/decide-key-request.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireSession } from '../require-session.ts';

/** `POST /user-api-key/otp`: the person lets the app sign them in, once (PROTOCOL.md section 7). */
export const approveOneTimePassword: Endpoint = async (request, provider) => {
  const session = await requireSession(request, provider);
  const decision = await decideKeyRequest('otp', request.parameters, session, provider);
  if (!decision.allowed) throw decision.refusal;

  const oneTimePassword = await issueOneTimePassword(decision.request, provider);
  const subject = decision.request.applicationName;
  const ownerId = session.user.id;
  await recordEvent(provider, request, session.user, {
    action: 'one_time_password_approved',
    subject,
    ownerId,
  });
  const redirect = requireParameter(decision.request.redirect?.text ?? null, 'auth_redirect');
  const location = addToRedirect(redirect, { oneTimePassword });
  return request.wantsJson ? jsonResponse({ redirect_url: location }) : redirectResponse(location);
};
