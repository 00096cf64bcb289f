import {
  type Endpoint,
  jsonResponse,
  startOauthDeviceAuthorization,
  startOauthGrant,
} from '@valetkey/server/extension';
import { readText } from '../authorize/authorization-request.ts';
import { selectApiScopes } from '../authorize/evaluate-authorization.ts';
import { parseScopes } from '../authorize/parse-scopes.ts';
import { identifyClient } from '../clients/authenticate-client.ts';
import type { OauthContext } from '../oauth-context.ts';
import { clientEndpoint } from '../oauth-endpoint.ts';

/**
 * `POST /oauth/device_authorization` (RFC 8628 section 3.1). A client that the site knows gets an OAuth grant, any other id a
 * user API key (PROTOCOL.md#oauth-device-flow).
 */
export const createStartDeviceAuthorization = ({ clients, resources, openId }: OauthContext): Endpoint =>
  clientEndpoint(async (request, provider) => {
    const { body } = request;
    const client = await identifyClient(request, clients);
    if (!client) return startOauthDeviceAuthorization(request, provider);
    const scopes = parseScopes(readText(body, 'scope'), {
      defaults: provider.settings.current().oauth_default_scopes,
      hasOpenId: openId !== null,
    });
    const { verification_uri_with_request: _, ...answer } = await startOauthGrant(
      {
        clientId: client.clientId,
        // Its own name is unverified, and its metadata is not loaded for a device.
        applicationName: client.host ?? client.name,
        scopes: selectApiScopes(scopes, provider),
        expiresInSeconds: readText(body, 'expires_in_seconds'),
        oauth: {
          resources: resources.parse(body.resource),
          isAuthenticated: client.secretHash !== null,
          identityScopes: scopes.identity,
        },
      },
      request,
      provider,
    );
    return jsonResponse(answer);
  });
