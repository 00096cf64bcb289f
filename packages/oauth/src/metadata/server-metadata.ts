import {
  DEVICE_GRANT,
  type Endpoint,
  jsonResponse,
  listGrantableScopes,
  requireFeature,
  requireTls,
} from '@valetkey/server/extension';
import type { OauthContext } from '../oauth-context.ts';
import { openToAllOrigins } from '../open-to-all-origins.ts';
import { PATHS } from '../paths.ts';

/** `GET /.well-known/oauth-authorization-server`: the metadata of the authorization server (RFC 8414). */
export const createServerMetadata = (context: OauthContext): Endpoint =>
  openToAllOrigins(async (_request, { site, settings }) => {
    requireFeature(settings.current());
    requireTls(site);
    return jsonResponse(describeServer(context));
  });

/** Returns the members that both metadata documents share. None is null: clients would take it for a value. */
export function describeServer({ issuer, openId, provider: { settings, scopes } }: OauthContext) {
  const current = settings.current();
  const authMethods = ['none', 'client_secret_basic', 'client_secret_post'];
  return {
    issuer,
    authorization_endpoint: issuer + PATHS.authorize,
    token_endpoint: issuer + PATHS.token,
    device_authorization_endpoint: issuer + PATHS.deviceAuthorization,
    revocation_endpoint: issuer + PATHS.revoke,
    introspection_endpoint: issuer + PATHS.introspect,
    ...(openId && { userinfo_endpoint: issuer + PATHS.userinfo, jwks_uri: issuer + PATHS.jwks }),
    ...(current.allow_oauth_client_registration && { registration_endpoint: issuer + PATHS.register }),
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token', DEVICE_GRANT],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: authMethods,
    revocation_endpoint_auth_methods_supported: authMethods,
    introspection_endpoint_auth_methods_supported: authMethods.filter((method) => method !== 'none'),
    authorization_response_iss_parameter_supported: true,
    client_id_metadata_document_supported: current.allow_oauth_client_documents,
    scopes_supported: [
      ...(openId ? ['openid', 'profile', 'email'] : []),
      ...listGrantableScopes(current, scopes),
      'offline_access',
    ],
  };
}
