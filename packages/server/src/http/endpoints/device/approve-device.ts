import { parseConsentChoice } from '../../../issue/consent-choice.ts';
import type { Activation } from '../../../issue/device/activation.ts';
import { EXPIRED } from '../../../issue/device/activation.ts';
import { approveDeviceGrant } from '../../../issue/device/complete-grant.ts';
import { enterCode } from '../../../issue/device/enter-code.ts';
import type { Visitor } from '../../../issue/device/find-shown-grant.ts';
import type { Provider } from '../../../issue/provider.ts';
import type { EndpointRequest } from '../../endpoint-request.ts';
import type { Endpoint } from '../endpoint.ts';
import { readBodyText } from '../read-body-text.ts';
import { answerActivationForm } from './device-verification.ts';

/**
 * `POST /user-api-key/device/authorize`: approves a device’s request, by token, or by link and code
 * (PROTOCOL.md#approve-a-device-request).
 */
export const approveDevice: Endpoint = (request, provider) =>
  answerActivationForm(request, provider, (visitor) => authorize(request, visitor, provider));

async function authorize(
  request: EndpointRequest,
  visitor: Visitor,
  provider: Provider,
): Promise<Activation> {
  const choice = parseConsentChoice(request.body);
  const approvalToken = readBodyText(request, 'approval_token');
  if (approvalToken !== null) return approveDeviceGrant(approvalToken, choice, visitor, provider);

  const requestToken = readBodyText(request, 'request');
  if (requestToken === null) return EXPIRED;
  const typed = await enterCode(readBodyText(request, 'code') ?? '', requestToken, visitor, provider);
  const isBound = typed.state === 'authorize' && typed.by === 'code';
  return isBound ? approveDeviceGrant(typed.token, choice, visitor, provider) : typed;
}
