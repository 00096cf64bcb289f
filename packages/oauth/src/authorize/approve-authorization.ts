import { type RawParameters, ValetkeyError } from '@valetkey/protocol';
import type { Session } from '@valetkey/server';
import {
  applyConsentChoice,
  createAuditEventFactory,
  type Endpoint,
  type EndpointRequest,
  grantAuditTarget,
  parseConsentChoice,
  requireSession,
} from '@valetkey/server/extension';
import type { OauthContext } from '../oauth-context.ts';
import { answerClient, describeErrorToClient } from './answer-client.ts';
import { loadAuthorizationClient, parseAuthorizationRequest, readText } from './authorization-request.ts';
import { type Authorization, evaluateAuthorization } from './evaluate-authorization.ts';
import { issueCode } from './issue-code.ts';
import { canBeRemembered } from './remembered-consent.ts';
import { showConsentPage } from './show-consent-page.ts';

async function requireKnownClient(body: RawParameters, session: Session, context: OauthContext) {
  const known = await loadAuthorizationClient(body, session, context);
  if (!known) throw new ValetkeyError('oauth_client_unknown');
  return known;
}

/**
 * `POST /oauth/consent`: the user approves. Needs this session and its CSRF token. Everything is evaluated again, so the form
 * cannot approve what the page would not show.
 */
export const createApproveAuthorization =
  (context: OauthContext): Endpoint =>
  async (request, provider) => {
    const session = await requireSession(request, provider);
    const { body } = request;
    const known = await requireKnownClient(body, session, context);
    try {
      const authorization = await evaluateAuthorization(
        known,
        parseAuthorizationRequest(body, known.client, context),
        session,
        context,
      );
      // The client has changed its metadata since the page was shown.
      if (readText(body, 'document_hash') !== known.client.documentHash) {
        return await showConsentPage(authorization, request, context);
      }
      return answerClient({ code: await approve(authorization, request, context) }, known, request, context);
    } catch (error) {
      return answerClient(describeErrorToClient(error), known, request, context);
    }
  };

/** `POST /oauth/consent/decline`: the user declines, and the client gets `access_denied`. */
export const createDeclineAuthorization =
  (context: OauthContext): Endpoint =>
  async (request, provider) => {
    const session = await requireSession(request, provider);
    const known = await requireKnownClient(request.body, session, context);
    const about = () => ({ subject: known.client.name, ownerId: session.user.id });
    const audit = createAuditEventFactory<void>('key_declined', about, {
      actor: session.user,
      request,
      provider,
    });
    await provider.store.appendAuditEvent(audit());
    return answerClient({ error: 'access_denied' }, known, request, context);
  };

/** Approves what the user has chosen, and returns the code for it. */
async function approve(
  authorization: Authorization,
  request: EndpointRequest,
  context: OauthContext,
): Promise<string> {
  const { client, granted } = authorization;
  const chosen = applyChoice(granted, request, context);
  const { clientId } = client;
  await context.provider.approvalLimits.count({ userId: granted.session.user.id, clientId });
  if (readText(request.body, 'replace') === 'true') await endOtherGrants(clientId, request, granted, context);
  const isRemembered = readText(request.body, 'remember') === 'true' && canBeRemembered(authorization);
  return issueCode({ ...authorization, granted: chosen }, { isOnPage: true, isRemembered }, request, context);
}

/** Returns what the user has seen and selected: never more than what is granted now. */
function applyChoice(
  granted: Authorization['granted'],
  { body }: EndpointRequest,
  { provider }: OauthContext,
): Authorization['granted'] {
  // A request to sign in by OpenID Connect has no scopes to choose from.
  if (granted.scopes.length === 0) return granted;
  const shown = (readText(body, 'shown_scopes') ?? '').split(' ');
  const scopes = granted.scopes.filter((name) => shown.includes(name));
  if (scopes.length === 0) throw new ValetkeyError('scope_not_allowed', { refused_scopes: granted.scopes });
  return applyConsentChoice({ ...granted, scopes }, parseConsentChoice(body), provider.settings.current());
}

/** Revokes the earlier grants of this client, as the user chose. */
async function endOtherGrants(
  clientId: string,
  request: EndpointRequest,
  { session: { user } }: Authorization['granted'],
  { provider }: OauthContext,
): Promise<void> {
  const audit = createAuditEventFactory('key_revoked', grantAuditTarget, { actor: user, request, provider });
  const revoking = { revokedAt: provider.now(), reason: 'revoked' } as const;
  for (const grant of await provider.oauthGrants.list(user.id)) {
    if (grant.clientId === clientId) await provider.oauthGrants.revoke(grant.id, revoking, audit);
  }
}
