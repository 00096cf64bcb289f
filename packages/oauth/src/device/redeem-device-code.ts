import { requireParameter } from '@valetkey/protocol';
import {
  type EndpointRequest,
  jsonResponse,
  markAnswerSent,
  oauthDeviceToken,
  pollForClient,
  readShortText,
} from '@valetkey/server/extension';
import { identifyClient } from '../clients/authenticate-client.ts';
import type { OauthContext } from '../oauth-context.ts';
import { OauthError } from '../oauth-error.ts';
import { createTokens, describeTokens, type IssuedTokens } from '../token/issue-tokens.ts';
import { narrowResources } from '../token/narrow-resources.ts';
import { requireGranted } from '../token/require-granted.ts';

/**
 * Exchanges a device code for tokens (RFC 8628 section 3.4). In the minute after the first response, each request gets another
 * pair of tokens of the same grant, because a response can be lost.
 *
 * @throws OauthError `invalid_client`, `invalid_grant`, `invalid_target`
 */
export async function redeemDeviceCode(request: EndpointRequest, context: OauthContext): Promise<Response> {
  const { provider, clients } = context;
  const client = await identifyClient(request, clients);
  // Any other id: the device gets a user API key.
  if (!client) return oauthDeviceToken(request, provider);
  const deviceCode = requireParameter(readShortText(request.body, 'device_code'), 'device_code');
  const poll = await pollForClient(deviceCode, client.clientId, request, provider);
  if (poll instanceof Response) return poll;
  if (!('oauthGrantId' in poll.answer)) throw NO_GRANT;
  const tokens = await issueTokens(poll.answer, request, context);
  await markAnswerSent(poll.grant, provider);
  return jsonResponse(describeTokens(tokens));
}

/** What an approval stores for the device. */
interface ApprovedDevice {
  readonly oauthGrantId: number;
  readonly authenticatedAt?: number;
}

async function issueTokens(
  { oauthGrantId: grantId, authenticatedAt }: ApprovedDevice,
  { body }: EndpointRequest,
  context: OauthContext,
): Promise<IssuedTokens> {
  const { provider, resources, openId } = context;
  const grant = await provider.oauthGrants.find(grantId);
  if (!grant) throw NO_GRANT;
  const { user, scopes } = await requireGranted(grant, context);
  const narrowed = narrowResources(body.resource, grant.resources, resources);
  const reach = { scopes, resources: narrowed, grantExpiresAt: grant.expiresAt };
  const tokens = createTokens(reach, provider);
  // The request of a device has no nonce (RFC 8628 section 3.1).
  const signIn = {
    clientId: grant.clientId,
    nonce: null,
    authenticatedAt: authenticatedAt ?? null,
    accessToken: tokens.accessToken,
    scopes,
  };
  const idToken = scopes.includes('openid') ? await openId?.createIdToken(user, signIn) : undefined;
  if (!(await provider.store.addOauthTokens(grantId, tokens.stored))) throw NO_GRANT;
  return { ...tokens, ...(idToken !== undefined && { idToken }) };
}

const NO_GRANT = new OauthError('invalid_grant', 'The access is revoked or has expired. Ask the user again.');
