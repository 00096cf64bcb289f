import { showRequested } from '../../../issue/device/enter-code.ts';
import { redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { readShortText } from '../read-body-text.ts';
import { carriesKey, findUserSession } from '../require-session.ts';
import { activationPath, answerDeviceVerification } from './device-verification.ts';

/** `GET /user-api-key/activate`: where a code is typed, or what a link asks for; changes nothing (PROTOCOL.md section 8). */
export const showDeviceVerification: Endpoint = async (request, provider) => {
  const { raw, parameters, ipAddress } = request;
  const requestToken = readShortText(parameters, 'request');
  const path = activationPath(requestToken, provider);
  const session = carriesKey(raw) ? null : await findUserSession(request, provider);
  if (!session) return redirectResponse(provider.site.loginUrl(path));
  // A code in an address is in histories and logs, and a link must not bring one along.
  if ('code' in parameters) return redirectResponse(path);

  const visitor = { session, ipAddress };
  const activation =
    requestToken === null
      ? ({ state: 'enter_code', problem: null } as const)
      : await showRequested(requestToken, visitor, provider);
  return answerDeviceVerification(activation, request, visitor, provider);
};
