import { addToRedirect } from '@valetkey/protocol';
import { jsonResponse, pageResponse, redirectResponse } from '../../http/responses.ts';
import { issueKey } from '../../keys/issue-key.ts';
import { payloadPage } from '../../pages/payload-page.ts';
import { decideKeyRequest } from '../../steps/decide-key-request.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireSession } from '../require-session.ts';

/** `POST /user-api-key`: a person approves (PROTOCOL.md section 3). */
export const approveKey: Endpoint = async (request, provider) => {
  const session = await requireSession(request, provider);
  const decision = await decideKeyRequest('approve', request.parameters, session, provider);
  if (!decision.allowed) throw decision.refusal;

  const payload = await issueKey(decision.request, provider);
  const { redirect, applicationName } = decision.request;
  if (redirect) {
    const location = addToRedirect(redirect.text, { payload });
    return request.wantsJson ? jsonResponse({ redirect_url: location }) : redirectResponse(location);
  }
  if (!request.wantsJson) return pageResponse(payloadPage(payload, applicationName, provider));
  return jsonResponse({
    payload,
    instructions: `Copy this text and paste it into ${applicationName}. Only that app can read it.`,
  });
};
