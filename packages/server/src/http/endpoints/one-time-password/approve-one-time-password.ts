import { addToRedirect, requireParameter } from '@valetkey/protocol';
import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { issueOneTimePassword } from '../../../issue/issue-one-time-password.ts';
import { evaluateKeyRequest } from '../../../issue/steps/evaluate-key-request.ts';
import { jsonResponse, redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireSession } from '../require-session.ts';

/** `POST /user-api-key/otp`: issues a one-time password that the user approves (PROTOCOL.md#one-time-passwords). */
export const approveOneTimePassword: Endpoint = async (request, provider) => {
  const session = await requireSession(request, provider);
  const decision = await evaluateKeyRequest('otp', request.parameters, session, provider);
  if (!decision.allowed) throw decision.refusal;

  const about = () => ({ subject: decision.request.applicationName, ownerId: session.user.id });
  const audit = createAuditEventFactory('one_time_password_approved', about, {
    actor: session.user,
    request,
    provider,
  });
  const oneTimePassword = await issueOneTimePassword(decision.request, { keyHash: null, audit }, provider);
  const redirect = requireParameter(decision.request.redirect?.text ?? null, 'auth_redirect');
  const location = addToRedirect(redirect, { oneTimePassword });
  return request.wantsJson ? jsonResponse({ redirect_url: location }) : redirectResponse(location);
};
