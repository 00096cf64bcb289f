import { AUTH_API_VERSION } from '@valetkey/protocol';
import type { Endpoint } from '../endpoint.ts';

/**
 * `HEAD /user-api-key/new`: returns the version if the feature is on. Allowed from any origin
 * (PROTOCOL.md#capabilities).
 */
export const showCapabilities: Endpoint = async (_request, { settings }) =>
  new Response(null, {
    status: settings.current().allow_user_api_keys ? 200 : 404,
    headers: {
      'Auth-Api-Version': String(AUTH_API_VERSION),
      'Auth-Api-Device-Code': 'true',
      'Auth-Api-Scopes': 'true',
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers': 'Auth-Api-Version, Auth-Api-Device-Code, Auth-Api-Scopes',
      'Cache-Control': 'no-store',
    },
  });
