import { type RawParameters, ValetkeyError } from '@valetkey/protocol';
import { startGrant } from '../../../issue/device/start-grant.ts';
import type { Provider } from '../../../issue/provider.ts';
import { jsonResponse } from '../../responses.ts';
import { oauthEndpoint } from './oauth-endpoint.ts';

/** `POST /oauth/device_authorization`: the same request in the words of RFC 8628 section 3.1. */
export const startOauthDeviceAuthorization = oauthEndpoint(async (request, provider) => {
  const { scope } = request.body;
  if (typeof scope !== 'string' || scope.trim() === '') throw scopeMissing(provider);
  const asked = readRequest(request.body, scope);
  // Every address that it names is one where the code has to be typed.
  const { verification_uri_with_request: _, ...answer } = await startGrant(
    'bearer',
    asked,
    request,
    provider,
  );
  return jsonResponse(answer);
});

/** OAuth has a name for the scopes alone; the rest, all of it optional, is called as in PROTOCOL.md section 2. */
function readRequest(
  { client_id, application_name, push_url, expires_in_seconds }: RawParameters,
  scope: string,
) {
  const scopes = scope.trim().split(/ +/).join(',');
  // Nothing is sealed, so there is neither a nonce to give back nor a key to seal to.
  return { client_id, application_name, push_url, expires_in_seconds, scopes, nonce: '-' };
}

const scopeMissing = ({ settings }: Provider): ValetkeyError =>
  new ValetkeyError('scope_not_allowed', { allowed_scopes: settings.current().allow_user_api_key_scopes });
