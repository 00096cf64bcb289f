import { addToRedirect } from '@valetkey/protocol';
import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { keyAuditTarget } from '../../../core/audit/audit-target.ts';
import { applyConsentChoice, parseConsentChoice } from '../../../issue/consent-choice.ts';
import { issueKey } from '../../../issue/issue-key.ts';
import { evaluateKeyRequest } from '../../../issue/steps/evaluate-key-request.ts';
import { payloadPage } from '../../../ui/pages/payload-page.ts';
import { createPageContext } from '../../page-context.ts';
import { jsonResponse, pageResponse, redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireSession } from '../require-session.ts';

/** `POST /user-api-key`: issues a key that the user approves (PROTOCOL.md#approve). */
export const approveKey: Endpoint = async (request, provider) => {
  const session = await requireSession(request, provider);
  const decision = await evaluateKeyRequest('approve', request.parameters, session, provider);
  if (!decision.allowed) throw decision.refusal;

  const choice = parseConsentChoice(request.body);
  const granted = applyConsentChoice(decision.request, choice, provider.settings.current());
  const { redirect, applicationName } = granted;
  const audit = createAuditEventFactory('key_approved', keyAuditTarget, {
    actor: session.user,
    request,
    provider,
  });
  const { payload, oneTimePassword } = await issueKey(granted, audit, provider);
  if (redirect) {
    const answer = { payload, ...(oneTimePassword !== null && { oneTimePassword }) };
    const location = addToRedirect(redirect.text, answer);
    return request.wantsJson ? jsonResponse({ redirect_url: location }) : redirectResponse(location);
  }
  if (!request.wantsJson)
    return pageResponse(
      payloadPage(payload, applicationName, await createPageContext(request.raw, session, provider)),
    );
  return jsonResponse({
    payload,
    instructions: `Copy this text and paste it into ${applicationName}. Only that app can read it.`,
  });
};
