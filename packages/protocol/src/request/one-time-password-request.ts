import {
  type KeyRequestParameters,
  parseKeyRequest,
  type RawParameters,
  requireParameter,
} from './key-request.ts';

/**
 * Parses the parameters of PROTOCOL.md#one-time-passwords by the rules for key requests. The scope is always
 * `one_time_password`; the client is identified by its public key instead of an id.
 *
 * @throws {ValetkeyError} `parameter_missing`, `parameter_invalid`, `parameter_too_long`, `padding_invalid`
 * @example parseOneTimePasswordRequest(query).authRedirect
 */
export function parseOneTimePasswordRequest(raw: RawParameters): KeyRequestParameters {
  const { auth_redirect, application_name, public_key, padding } = raw;
  const rest = { client_id: '-', nonce: '-', scopes: 'one_time_password' };
  const request = parseKeyRequest({ auth_redirect, application_name, public_key, padding, ...rest });
  requireParameter(request.authRedirect, 'auth_redirect');
  requireParameter(request.applicationName, 'application_name');
  requireParameter(request.publicKey, 'public_key');
  return request;
}
