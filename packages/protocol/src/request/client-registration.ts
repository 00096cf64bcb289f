import { parseKeyRequest, type RawParameters, requireParameter } from './key-request.ts';

/**
 * The parameters of a client registration, checked for form only. Whether the site accepts them is decided elsewhere.
 */
export interface ClientRegistration {
  readonly clientId: string;
  readonly applicationName: string;
  readonly publicKey: string;
  readonly authRedirect: string;
  readonly scopes: readonly string[];
}

/**
 * Parses the parameters of PROTOCOL.md#register-a-client by the rules for key requests. All five are required.
 *
 * @throws {ValetkeyError} `parameter_missing`, `parameter_invalid`, `parameter_too_long`
 * @example parseClientRegistration(body).clientId
 */
export function parseClientRegistration(raw: RawParameters): ClientRegistration {
  const { client_id, application_name, public_key, auth_redirect, scopes } = raw;
  // A key request requires a nonce; a registration has none.
  const request = parseKeyRequest({
    client_id,
    application_name,
    public_key,
    auth_redirect,
    scopes,
    nonce: '-',
  });
  return {
    clientId: request.clientId,
    applicationName: requireParameter(request.applicationName, 'application_name'),
    publicKey: requireParameter(request.publicKey, 'public_key'),
    authRedirect: requireParameter(request.authRedirect, 'auth_redirect'),
    scopes: request.scopes,
  };
}
