import { type RawParameters, ValetkeyError } from '@valetkey/protocol';
import type { Session } from '@valetkey/server';
import {
  applyConsentChoice,
  createAuditEventFactory,
  type Endpoint,
  type EndpointRequest,
  grantAuditTarget,
  hashKey,
  parseConsentChoice,
  requireSession,
} from '@valetkey/server/extension';
import type { OauthContext } from '../oauth-context.ts';
import { createSecret } from '../token/create-secret.ts';
import { answerClient, describeErrorToClient } from './answer-client.ts';
import { formatApprovedRequest } from './approved-request.ts';
import { loadAuthorizationClient, parseAuthorizationRequest, readText } from './authorization-request.ts';
import { type Authorization, evaluateAuthorization } from './evaluate-authorization.ts';
import { showConsentPage } from './show-consent-page.ts';

const CODE_LIFETIME_MS = 60_000;

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
    const audit = createAuditEventFactory<void>(session.user, 'key_declined', about, request, provider);
    await provider.store.appendAuditEvent(audit());
    return answerClient({ error: 'access_denied' }, known, request, context);
  };

/** Stores what was approved, and returns the code for it. */
async function approve(
  { client, request: asked, granted }: Authorization,
  request: EndpointRequest,
  context: OauthContext,
): Promise<string> {
  const { provider } = context;
  const { user } = granted.session;
  const { scopes, expiresInSeconds } = applyChoice(granted, request, context);
  await provider.approvalLimits.count({ userId: user.id, clientId: client.clientId });
  if (readText(request.body, 'replace') === 'true')
    await endOtherGrants(client.clientId, request, granted, context);
  if (client.host !== null) await rememberDocumentClient(client.clientId, client.name, provider);

  const code = createSecret(provider);
  const approvedAt = provider.now();
  const approved = formatApprovedRequest({
    redirectUri: readText(request.body, 'redirect_uri'),
    codeChallenge: asked.codeChallenge,
    clientName: client.name,
    scopes,
    identityScopes: asked.scopes.identity,
    nonce: asked.nonce,
    authenticatedAt: granted.session.authenticatedAt ?? null,
    resources: asked.resources,
    expiresInSeconds,
    approvedAt,
  });
  const about = () => ({ subject: client.name, ownerId: user.id });
  await provider.store.saveAuthorizationCode(
    {
      codeHash: hashKey(code),
      clientId: client.clientId,
      userId: user.id,
      request: approved,
      expiresAt: approvedAt + CODE_LIFETIME_MS,
    },
    createAuditEventFactory<void>(user, 'key_approved', about, request, provider),
  );
  return code;
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
  const audit = createAuditEventFactory(user, 'key_revoked', grantAuditTarget, request, provider);
  const revoking = { revokedAt: provider.now(), reason: 'revoked' } as const;
  for (const grant of await provider.oauthGrants.list(user.id)) {
    if (grant.clientId === clientId) await provider.oauthGrants.revoke(grant.id, revoking, audit);
  }
}

/** Stores the client, so that admins see it and can block it. */
async function rememberDocumentClient(
  clientId: string,
  name: string,
  { store, now }: OauthContext['provider'],
): Promise<void> {
  const client = {
    clientId,
    kind: 'document',
    name,
    redirectUris: [],
    postLogoutRedirectUris: [],
    secretHash: null,
    requiresPkce: true,
    createdAt: now(),
    createdBy: null,
    createdFrom: '',
    blockedAt: null,
  } as const;
  await store.saveOauthClient(client, null);
}
