import { showRequested } from '../../../issue/device/enter-code.ts';
import { redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { readShortText } from '../read-body-text.ts';
import { carriesKey, findUserSession } from '../require-session.ts';
import { activationPath, answerDeviceVerification } from './device-verification.ts';

/**
 * `GET /user-api-key/activate`: shows the form for the code, or the request of a link. Changes nothing
 * (PROTOCOL.md#enter-the-device-code).
 */
export const showDeviceVerification: Endpoint = async (request, provider) => {
  const { raw, parameters, ipAddress } = request;
  const requestToken = readShortText(parameters, 'request');
  const path = activationPath(requestToken, provider);
  const session = carriesKey(raw) ? null : await findUserSession(request, provider);
  if (!session) return redirectResponse(provider.site.loginUrl(path));
  // URLs are stored in histories and logs, and a link must not contain a code (RFC 8628 section 5.4).
  if ('code' in parameters) return redirectResponse(path);

  const visitor = { session, ipAddress };
  const activation =
    requestToken === null
      ? ({ state: 'enter_code', problem: null } as const)
      : await showRequested(requestToken, visitor, provider);
  return answerDeviceVerification(activation, request, visitor, provider);
};
