import { denyDeviceGrant } from '../../../issue/device/complete-grant.ts';
import type { Endpoint } from '../endpoint.ts';
import { readBodyText } from '../read-body-text.ts';
import { answerActivationForm } from './device-verification.ts';

/** `POST /user-api-key/device/deny`: the person declines, by the token they got for the code (PROTOCOL.md section 8). */
export const denyDevice: Endpoint = (request, provider) =>
  answerActivationForm(request, provider, (visitor) =>
    denyDeviceGrant(readBodyText(request, 'approval_token') ?? '', visitor, provider),
  );
