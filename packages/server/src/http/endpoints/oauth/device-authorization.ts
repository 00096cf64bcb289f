import { type RawParameters, ValetkeyError } from '@valetkey/protocol';
import { startGrant } from '../../../issue/device/start-grant.ts';
import { jsonResponse } from '../../responses.ts';
import { oauthEndpoint } from './oauth-endpoint.ts';

/** `POST /oauth/device_authorization`: starts a device request (RFC 8628 section 3.1). */
export const startOauthDeviceAuthorization = oauthEndpoint(async (request, provider) => {
  const { scope } = request.body;
  if (typeof scope !== 'string' || scope.trim() === '') {
    throw new ValetkeyError('parameter_missing', { parameter: 'scope' });
  }
  const asked = readRequest(request.body, scope);
  // All verification URLs require the user to enter the code.
  const { verification_uri_with_request: _, ...answer } = await startGrant(
    'bearer',
    asked,
    request,
    provider,
  );
  return jsonResponse(answer);
});

/**
 * OAuth defines only `scope` and `client_id`; the other parameters, all optional, have the names of
 * PROTOCOL.md#authorize-parameters.
 */
function readRequest(
  { client_id, application_name, push_url, expires_in_seconds }: RawParameters,
  scope: string,
) {
  const scopes = scope.trim().split(/ +/).join(',');
  // The key is not encrypted, so the request has neither nonce nor public key.
  return { client_id, application_name, push_url, expires_in_seconds, scopes, nonce: '-' };
}
