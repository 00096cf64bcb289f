import { requireFeature } from '../../../issue/steps/check-feature.ts';
import { jsonResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { DEVICE_GRANT, OAUTH_PATHS } from './oauth-paths.ts';
import { requireTls } from './require-tls.ts';

/** `GET /.well-known/oauth-authorization-server`: returns the metadata of this site (RFC 8414). */
export const oauthMetadata: Endpoint = async (_request, { site, settings, scopes }) => {
  requireFeature(settings.current());
  requireTls(site);
  const issuer = site.baseUrl.replace(/\/$/, '');
  return jsonResponse({
    issuer,
    device_authorization_endpoint: issuer + OAUTH_PATHS.deviceAuthorization,
    token_endpoint: issuer + OAUTH_PATHS.token,
    grant_types_supported: [DEVICE_GRANT],
    // There is no authorization endpoint, but the list is required.
    response_types_supported: [],
    token_endpoint_auth_methods_supported: ['none'],
    scopes_supported: settings
      .current()
      .allow_user_api_key_scopes.filter(
        (name) => Object.hasOwn(scopes, name) && name !== 'one_time_password',
      ),
  });
};
