import { requireParameter } from '@valetkey/protocol';
import { pollGrant } from '../../../issue/device/poll-grant.ts';
import { jsonResponse } from '../../responses.ts';
import { jsonEndpoint } from '../endpoint.ts';
import { readBodyText } from '../read-body-text.ts';

/** `POST /user-api-key/device/poll`: how a device's request stands; always 200 for a state (PROTOCOL.md section 8). */
export const pollDevice = jsonEndpoint(async (request, provider) => {
  const deviceCode = requireParameter(readBodyText(request, 'device_code'), 'device_code');
  const poll = await pollGrant(deviceCode, request, provider);
  if (poll.status !== 'authorized') return jsonResponse({ status: poll.status });
  // What was asked for by OAuth is fetched by OAuth.
  if (!('payload' in poll.answer)) return jsonResponse({ status: 'expired_token' });
  return jsonResponse({ status: poll.status, payload: poll.answer.payload });
});
