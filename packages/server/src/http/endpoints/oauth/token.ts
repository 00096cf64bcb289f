import { requireParameter } from '@valetkey/protocol';
import { hashKey } from '../../../core/key/hash-key.ts';
import { deriveBearerKey } from '../../../issue/device/bearer-key.ts';
import { pollGrant } from '../../../issue/device/poll-grant.ts';
import type { DeviceAnswer } from '../../../issue/device/stored-device-request.ts';
import { jsonResponse } from '../../responses.ts';
import { readBodyText } from '../read-body-text.ts';
import { oauthEndpoint } from './oauth-endpoint.ts';
import { oauthError } from './oauth-error.ts';
import { DEVICE_GRANT } from './oauth-paths.ts';

/** `POST /oauth/token`: how a device's request stands, in the words of RFC 8628 section 3.5; the key once it is approved. */
export const oauthToken = oauthEndpoint(async (request, provider) => {
  const grantType = requireParameter(readBodyText(request, 'grant_type'), 'grant_type');
  if (grantType !== DEVICE_GRANT) return oauthError('unsupported_grant_type', `Send ${DEVICE_GRANT}.`);
  const deviceCode = requireParameter(readBodyText(request, 'device_code'), 'device_code');
  const clientId = requireParameter(readBodyText(request, 'client_id'), 'client_id');

  if (await provider.deviceLimits.isTooSoon(hashKey(deviceCode), provider.now())) {
    return oauthError('slow_down', 'Wait five seconds more than before between two questions.');
  }
  const poll = await pollGrant(deviceCode, request, provider);
  if (poll.status === 'expired_token') {
    return oauthError('expired_token', 'There is no such request any more; ask for a new code.');
  }
  if (poll.grant.clientId !== clientId) {
    return oauthError('invalid_grant', 'This device code was made for another client_id.');
  }
  if (poll.status === 'authorization_pending') {
    return oauthError('authorization_pending', 'The person has not decided yet.');
  }
  if (poll.status === 'access_denied') return oauthError('access_denied', 'The person declined.');
  if (!('salt' in poll.answer)) {
    return oauthError(
      'invalid_grant',
      'This request was made for an encrypted key; fetch it where it was made.',
    );
  }
  return jsonResponse(tokenAnswer(deviceCode, poll.answer, provider.now()));
});

/** RFC 6749 section 5.1. The same again for a minute: an answer that is lost is no lost key. */
function tokenAnswer(
  deviceCode: string,
  { salt, scopes, expiresAt }: Extract<DeviceAnswer, { salt: string }>,
  now: number,
) {
  const expiry = expiresAt === null ? {} : { expires_in: Math.floor((expiresAt - now) / 1000) };
  const access_token = deriveBearerKey(deviceCode, salt);
  return { access_token, token_type: 'Bearer', ...expiry, scope: scopes.join(' ') };
}
