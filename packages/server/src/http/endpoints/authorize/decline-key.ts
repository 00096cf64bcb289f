import { addToRedirect } from '@valetkey/protocol';
import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { evaluateKeyRequest } from '../../../issue/steps/evaluate-key-request.ts';
import { declinedPage } from '../../../ui/pages/declined-page.ts';
import { createPageContext } from '../../page-context.ts';
import { jsonResponse, pageResponse, redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireSession } from '../require-session.ts';

/**
 * `POST /user-api-key/decline`: issues nothing, and redirects to the client with `error=access_denied` if it has a
 * redirect (PROTOCOL.md#decline).
 */
export const declineKey: Endpoint = async (request, provider) => {
  const session = await requireSession(request, provider);
  const decision = await evaluateKeyRequest('decline', request.parameters, session, provider);
  if (!decision.allowed) throw decision.refusal;

  const { redirect, applicationName } = decision.request;
  const about = () => ({ subject: applicationName, ownerId: session.user.id });
  const audit = createAuditEventFactory<void>('key_declined', about, {
    actor: session.user,
    request,
    provider,
  });
  await provider.store.appendAuditEvent(audit());
  const location = redirect && addToRedirect(redirect.text, { error: 'access_denied' });
  if (request.wantsJson)
    return jsonResponse({ state: 'declined', ...(location && { redirect_url: location }) });
  if (location) return redirectResponse(location);
  return pageResponse(declinedPage(applicationName, await createPageContext(request.raw, session, provider)));
};
