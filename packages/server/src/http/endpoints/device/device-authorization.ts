import { startGrant } from '../../../issue/device/start-grant.ts';
import { jsonResponse } from '../../responses.ts';
import { jsonEndpoint } from '../endpoint.ts';

/**
 * `POST /user-api-key/device`: starts the request of a device without a browser (PROTOCOL.md#start-a-device-request).
 */
export const startDeviceAuthorization = jsonEndpoint(async (request, provider) =>
  jsonResponse(await startGrant('device', request.body, request, provider)),
);
