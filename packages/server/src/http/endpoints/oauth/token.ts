import { requireParameter } from '@valetkey/protocol';
import { hashKey } from '../../../core/key/hash-key.ts';
import { deriveBearerKey } from '../../../issue/device/bearer-key.ts';
import { type GrantStatus, markAnswerSent, pollGrant } from '../../../issue/device/poll-grant.ts';
import type { DeviceAnswer } from '../../../issue/device/stored-device-request.ts';
import type { Provider } from '../../../issue/provider.ts';
import type { EndpointRequest } from '../../endpoint-request.ts';
import { jsonResponse } from '../../responses.ts';
import { readBodyText } from '../read-body-text.ts';
import { oauthEndpoint } from './oauth-endpoint.ts';
import { oauthError } from './oauth-error.ts';
import { DEVICE_GRANT } from './oauth-paths.ts';

/** `POST /oauth/token`: returns the key of an approved device request, or an error of RFC 8628 section 3.5. */
export const oauthToken = oauthEndpoint(async (request, provider) => {
  const grantType = requireParameter(readBodyText(request, 'grant_type'), 'grant_type');
  if (grantType !== DEVICE_GRANT) return oauthError('unsupported_grant_type', `Send ${DEVICE_GRANT}.`);
  const deviceCode = requireParameter(readBodyText(request, 'device_code'), 'device_code');
  const clientId = requireParameter(readBodyText(request, 'client_id'), 'client_id');

  const poll = await pollForClient(deviceCode, clientId, request, provider);
  if (poll instanceof Response) return poll;
  if (!('salt' in poll.answer)) {
    return oauthError(
      'invalid_grant',
      'This request is for an encrypted key. Poll the endpoint of /user-api-key/device.',
    );
  }
  await markAnswerSent(poll.grant, provider);
  return jsonResponse(tokenAnswer(deviceCode, poll.answer, provider.now()));
});

/** Returns the answer of an approved device request for this client, or the error response (RFC 8628 section 3.5). */
export async function pollForClient(
  deviceCode: string,
  clientId: string,
  request: EndpointRequest,
  provider: Provider,
): Promise<Response | Extract<GrantStatus, { status: 'authorized' }>> {
  const poll = await pollGrant(deviceCode, request, provider);
  if (poll.status === 'expired_token') {
    return oauthError('expired_token', 'This device code is unknown or has expired. Request a new one.');
  }
  if (poll.grant.clientId !== clientId) {
    return oauthError('invalid_grant', 'This device code was issued to another client_id.');
  }
  if (poll.status === 'authorization_pending') {
    return (await provider.deviceLimits.isTooSoon(hashKey(deviceCode), provider.now()))
      ? oauthError('slow_down', 'Wait five seconds longer than before between two polls.')
      : oauthError('authorization_pending', 'The user has not decided yet.');
  }
  if (poll.status === 'access_denied') return oauthError('access_denied', 'The user denied the request.');
  return poll;
}

/** Returns the same token for the same grant (RFC 6749 section 5.1), in case a response was lost. */
function tokenAnswer(
  deviceCode: string,
  { salt, scopes, expiresAt }: Extract<DeviceAnswer, { salt: string }>,
  now: number,
) {
  const expiry = expiresAt === null ? {} : { expires_in: Math.floor((expiresAt - now) / 1000) };
  const access_token = deriveBearerKey(deviceCode, salt);
  return { access_token, token_type: 'Bearer', ...expiry, scope: scopes.join(' ') };
}
