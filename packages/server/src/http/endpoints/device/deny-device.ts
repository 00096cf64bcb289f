import { denyDeviceGrant } from '../../../issue/device/complete-grant.ts';
import type { Endpoint } from '../endpoint.ts';
import { readBodyText } from '../read-body-text.ts';
import { answerActivationForm } from './device-verification.ts';

/**
 * `POST /user-api-key/device/deny`: denies a device’s request, by the token of an entered code
 * (PROTOCOL.md#approve-a-device-request).
 */
export const denyDevice: Endpoint = (request, provider) =>
  answerActivationForm(request, provider, (visitor) =>
    denyDeviceGrant(readBodyText(request, 'approval_token') ?? '', visitor, provider),
  );
