import { denyGrant } from '../../device/settle-grant.ts';
import { answerActivationForm } from '../answer-activation.ts';
import type { Endpoint } from '../endpoint.ts';
import { readBodyText } from '../read-body-text.ts';

/** `POST /user-api-key/device/deny`: the person declines, by the token they got for the code (PROTOCOL.md section 8). */
export const denyDevice: Endpoint = (request, provider) =>
  answerActivationForm(request, provider, (visitor) =>
    denyGrant(readBodyText(request, 'approval_token') ?? '', visitor, provider),
  );
