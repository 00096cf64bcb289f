import { enterCode } from '../../../issue/device/enter-code.ts';
import type { Endpoint } from '../endpoint.ts';
import { readBodyText } from '../read-body-text.ts';
import { answerActivationForm } from './device-verification.ts';

/**
 * `POST /user-api-key/activate`: accepts the code that a user enters, and shows the request
 * (PROTOCOL.md#enter-the-device-code).
 */
export const enterDeviceCode: Endpoint = (request, provider) =>
  answerActivationForm(request, provider, (visitor) =>
    enterCode(readBodyText(request, 'code') ?? '', readBodyText(request, 'request'), visitor, provider),
  );
