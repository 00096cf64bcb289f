import { startGrant } from '../../../issue/device/start-grant.ts';
import { jsonResponse } from '../../responses.ts';
import { jsonEndpoint } from '../endpoint.ts';

/** `POST /user-api-key/device`: a device without a browser asks for a key (PROTOCOL.md section 8). */
export const startDeviceAuthorization = jsonEndpoint(async (request, provider) =>
  jsonResponse(await startGrant('device', request.body, request, provider)),
);
