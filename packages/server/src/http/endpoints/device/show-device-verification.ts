import { showRequested } from '../../../issue/device/enter-code.ts';
import { redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { readShortText } from '../read-body-text.ts';
import { carriesKey, findPerson } from '../require-session.ts';
import { activationPath, answerActivation } from './device-verification.ts';

/** `GET /user-api-key/activate`: where a code is typed, or what a link asks for; changes nothing (PROTOCOL.md section 8). */
export const showActivation: Endpoint = async (request, provider) => {
  const { raw, parameters, address } = request;
  const requestToken = readShortText(parameters, 'request');
  const path = activationPath(requestToken, provider);
  const session = carriesKey(raw) ? null : await findPerson(raw, provider);
  if (!session) return redirectResponse(provider.site.loginUrl(path));
  // A code in an address is in histories and logs, and a link must not bring one along.
  if ('code' in parameters) return redirectResponse(path);

  const visitor = { session, address };
  const activation =
    requestToken === null
      ? ({ state: 'enter_code', problem: null } as const)
      : await showRequested(requestToken, visitor, provider);
  return answerActivation(activation, request, visitor, provider);
};
