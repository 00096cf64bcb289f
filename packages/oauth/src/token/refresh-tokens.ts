import type { OauthGrant } from '@valetkey/server';
import {
  createAuditEventFactory,
  type EndpointRequest,
  grantAuditTarget,
  hashKey,
} from '@valetkey/server/extension';
import { readText } from '../authorize/authorization-request.ts';
import { isIdentityScope } from '../authorize/parse-scopes.ts';
import type { OauthClient } from '../clients/oauth-client.ts';
import { requireUnblockedClient } from '../clients/require-unblocked-client.ts';
import type { OauthContext } from '../oauth-context.ts';
import { OauthError } from '../oauth-error.ts';
import { createTokens, type IssuedTokens } from './issue-tokens.ts';
import { narrowResources } from './narrow-resources.ts';
import { requireGranted } from './require-granted.ts';

/**
 * Exchanges a refresh token for the next pair of tokens (RFC 6749 section 6, RFC 9700 section 4.14). A token that was used
 * a few seconds ago yields another pair, for concurrent requests and lost responses. A later use revokes the grant.
 *
 * @throws OauthError
 */
export async function refreshTokens(
  client: OauthClient,
  request: EndpointRequest,
  context: OauthContext,
): Promise<IssuedTokens> {
  const { provider } = context;
  const { body } = request;
  const token = readText(body, 'refresh_token');
  if (token === null) throw new OauthError('invalid_request', 'Send the parameter refresh_token.');
  const hash = hashKey(token);
  const found = await provider.store.findRefreshToken(hash);
  if (found?.grant.clientId !== client.clientId) throw UNKNOWN_TOKEN;
  const { grant } = found;
  requireUnblockedClient(grant, provider);
  const tokens = createTokens(
    {
      scopes: await findScopes(grant, readText(body, 'scope'), context),
      resources: narrowResources(body.resource, grant.resources, context.resources),
      grantExpiresAt: grant.expiresAt,
    },
    provider,
  );
  const audit = createAuditEventFactory('oauth_grant_replayed', grantAuditTarget, {
    actor: null,
    request,
    provider,
  });
  const graceMs = provider.settings.current().oauth_refresh_grace_seconds * 1000;
  const outcome = await provider.oauthGrants.refresh(hash, tokens.stored, graceMs, audit);
  if (outcome.kind === 'refreshed') return tokens;
  if (outcome.kind === 'invalid') throw UNKNOWN_TOKEN;
  throw new OauthError(
    'invalid_grant',
    'The refresh token was used before, so the access is revoked. Ask the user again.',
  );
}

const UNKNOWN_TOKEN = new OauthError(
  'invalid_grant',
  'The refresh token is unknown, revoked or expired, or was issued to another client.',
);

/** Returns the scopes of the next access token: those that are still granted, or fewer if the request names them. */
async function findScopes(
  grant: OauthGrant,
  asked: string | null,
  context: OauthContext,
): Promise<readonly string[]> {
  const { scopes: granted } = await requireGranted(grant, context);
  if (asked === null) return granted;
  const names = asked.split(' ').filter((name) => name !== '');
  const kept = granted.filter((name) => names.includes(name));
  const isWider = names.some((name) => !grant.scopes.includes(name) && !isIdentityScope(name));
  if (isWider || kept.length === 0) {
    throw new OauthError('invalid_scope', 'A refresh cannot add scopes. Ask the user again.');
  }
  return kept;
}
