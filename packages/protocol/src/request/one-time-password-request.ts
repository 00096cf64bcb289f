import {
  type KeyRequestParameters,
  parseKeyRequest,
  type RawParameters,
  requireParameter,
} from './key-request.ts';

/**
 * Reads the parameters of PROTOCOL.md section 7, by the rules that the same names have in a request for a key. It asks
 * for the one scope that stands for a one-time password; a client is known by its public key here, not by an id.
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
