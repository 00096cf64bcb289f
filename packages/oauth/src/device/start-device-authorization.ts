import {
  type Endpoint,
  jsonResponse,
  startOauthDeviceAuthorization,
  startOauthGrant,
} from '@valetkey/server/extension';
import { readText } from '../authorize/authorization-request.ts';
import { parseScopes } from '../authorize/parse-scopes.ts';
import { identifyClient } from '../clients/authenticate-client.ts';
import type { OauthContext } from '../oauth-context.ts';
import { clientEndpoint } from '../oauth-endpoint.ts';

/**
 * `POST /oauth/device_authorization` (RFC 8628 section 3.1). A client that the site knows gets an OAuth grant, any other id a
 * user API key (PROTOCOL.md#oauth-device-flow).
 */
export const createStartDeviceAuthorization = ({ clients, resources }: OauthContext): Endpoint =>
  clientEndpoint(async (request, provider) => {
    const { body } = request;
    const client = await identifyClient(request, clients);
    if (!client) return startOauthDeviceAuthorization(request, provider);
    const { api } = parseScopes(readText(body, 'scope'), {
      defaults: provider.settings.current().oauth_default_scopes,
      // An ID token needs the browser that it signs in.
      hasOpenId: false,
    });
    const { verification_uri_with_request: _, ...answer } = await startOauthGrant(
      {
        clientId: client.clientId,
        // Its own name is unverified, and its metadata is not loaded for a device.
        applicationName: client.host ?? client.name,
        scopes: api,
        expiresInSeconds: readText(body, 'expires_in_seconds'),
        oauth: { resources: resources.parse(body.resource), isAuthenticated: client.secretHash !== null },
      },
      request,
      provider,
    );
    return jsonResponse(answer);
  });
