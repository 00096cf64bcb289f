import type { AuthorizationCode } from '@valetkey/server';
import {
  createAuditEventFactory,
  type EndpointRequest,
  grantAuditTarget,
  hashKey,
} from '@valetkey/server/extension';
import type { ApprovedRequest } from '../authorize/approved-request.ts';
import { readText } from '../authorize/authorization-request.ts';
import type { OauthClient } from '../clients/oauth-client.ts';
import { requireUnblockedClient } from '../clients/require-unblocked-client.ts';
import type { OauthContext } from '../oauth-context.ts';
import { OauthError } from '../oauth-error.ts';
import { decideRedemption } from './decide-redemption.ts';
import { createTokens, type IssuedTokens } from './issue-tokens.ts';
import { narrowResources } from './narrow-resources.ts';
import { requireGranted } from './require-granted.ts';

/**
 * Exchanges an authorization code for a grant and its first tokens (RFC 6749 section 4.1.3). Of concurrent requests with one
 * code, one gets tokens, and the others end its grant.
 *
 * @throws OauthError
 */
export async function redeemCode(
  client: OauthClient,
  request: EndpointRequest,
  context: OauthContext,
): Promise<IssuedTokens> {
  const { provider } = context;
  const { body } = request;
  const code = readText(body, 'code');
  if (code === null) throw new OauthError('invalid_request', 'Send the parameter code.');
  const codeHash = hashKey(code);
  const redemption = {
    clientId: client.clientId,
    redirectUri: readText(body, 'redirect_uri'),
    codeVerifier: readText(body, 'code_verifier'),
  };
  const found = await provider.store.findAuthorizationCode(codeHash);
  const decision = decideRedemption(found, redemption, provider.now());
  if (decision.kind === 'end_grant') return endGrant(decision.grantId, request, context);
  if (decision.kind === 'refuse' || !found) throw UNKNOWN_CODE;
  if (decision.kind === 'consume') {
    await provider.store.consumeAuthorizationCode(codeHash, provider.now());
    throw new OauthError('invalid_grant', `${decision.reason} Start again at the authorization endpoint.`);
  }
  requireUnblockedClient(
    { clientId: client.clientId, authRedirect: decision.approved.authRedirect },
    provider,
  );
  const issued = await createFirstTokens(decision.approved, found, request, context);
  const grant = await provider.store.redeemAuthorizationCode(codeHash, issued.grant, issued.tokens.stored);
  if (grant) return issued.tokens;
  // A concurrent request was faster.
  const used = await provider.store.findAuthorizationCode(codeHash);
  return endGrant(used?.grantId ?? null, request, context);
}

const UNKNOWN_CODE = new OauthError('invalid_grant', 'The code is unknown, or was issued to another client.');

async function createFirstTokens(
  approved: ApprovedRequest,
  { userId, clientId }: AuthorizationCode,
  { body }: EndpointRequest,
  context: OauthContext,
) {
  const { provider, resources, openId } = context;
  const asked = [...approved.identityScopes, ...approved.scopes];
  const { user, scopes } = await requireGranted({ userId, scopes: asked }, context);
  const { createdAt, expiresAt } = decideLifetime(approved, provider);
  const narrowed = narrowResources(body.resource, approved.resources, resources);
  const tokens = createTokens({ scopes, resources: narrowed, grantExpiresAt: expiresAt }, provider);
  const idToken =
    approved.identityScopes.length > 0
      ? await openId?.createIdToken(user, { ...approved, clientId, scopes, accessToken: tokens.accessToken })
      : undefined;
  const { clientName, authRedirect, resources: approvedResources } = approved;
  const lifetime = { createdAt, expiresAt };
  const grant = {
    userId,
    clientId,
    clientName,
    scopes,
    resources: approvedResources,
    authRedirect,
    ...lifetime,
  };
  return { grant, tokens: { ...tokens, ...(idToken !== undefined && { idToken }) } };
}

/** A sign-in alone ends with its access token, unless the client asks for more or the user lets it last. */
function decideLifetime(
  { scopes, identityScopes, isRemembered, expiresInSeconds, approvedAt }: ApprovedRequest,
  { settings, now }: Pick<OauthContext['provider'], 'settings' | 'now'>,
): { createdAt: number; expiresAt: number | null } {
  const createdAt = now();
  if (expiresInSeconds !== null) return { createdAt, expiresAt: approvedAt + expiresInSeconds * 1000 };
  const isSignIn = scopes.length === 0 && !identityScopes.includes('offline_access') && !isRemembered;
  const lifetimeMs = settings.current().oauth_access_token_lifetime_minutes * 60_000;
  return { createdAt, expiresAt: isSignIn ? createdAt + lifetimeMs : null };
}

/** A code that is used twice may be in the wrong hands, so nobody keeps its tokens. */
async function endGrant(
  grantId: number | null,
  request: EndpointRequest,
  { provider }: OauthContext,
): Promise<never> {
  const audit = createAuditEventFactory('oauth_grant_replayed', grantAuditTarget, {
    actor: null,
    request,
    provider,
  });
  const revoking = { revokedAt: provider.now(), reason: 'replayed' } as const;
  if (grantId !== null) await provider.oauthGrants.revoke(grantId, revoking, audit);
  throw new OauthError('invalid_grant', 'The code was used before, so all tokens of it are revoked.');
}
