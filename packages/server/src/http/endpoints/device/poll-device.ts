import { requireParameter } from '@valetkey/protocol';
import { markAnswerSent, pollGrant } from '../../../issue/device/poll-grant.ts';
import { jsonResponse } from '../../responses.ts';
import { jsonEndpoint } from '../endpoint.ts';
import { readBodyText } from '../read-body-text.ts';

/**
 * `POST /user-api-key/device/poll`: returns the state of a device’s request, always with status 200
 * (PROTOCOL.md#poll-a-device-request).
 */
export const pollDevice = jsonEndpoint(async (request, provider) => {
  const deviceCode = requireParameter(readBodyText(request, 'device_code'), 'device_code');
  const poll = await pollGrant(deviceCode, request, provider);
  if (poll.status !== 'authorized') return jsonResponse({ status: poll.status });
  // A key that was requested by OAuth is only returned by the OAuth endpoint.
  if (!('payload' in poll.answer)) return jsonResponse({ status: 'expired_token' });
  await markAnswerSent(poll.grant, provider);
  return jsonResponse({ status: poll.status, payload: poll.answer.payload });
});
