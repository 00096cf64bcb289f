import { hashKey } from '../../core/key/hash-key.ts';
import type { DeviceGrant } from '../../ports/grant-store.ts';
import type { RequestContext } from '../../ports/site.ts';
import type { Provider } from '../provider.ts';
import { type DeviceAnswer, parseDeviceAnswer } from './stored-device-request.ts';

/** How long a device can fetch its answer again after it was sent, in case the response was lost. */
const REPEAT_MS = 60_000;

/** The state of a device's request. An unknown code and an answer that is gone look the same. */
export type GrantStatus =
  | { readonly status: 'authorization_pending'; readonly grant: DeviceGrant }
  | { readonly status: 'access_denied'; readonly grant: DeviceGrant }
  | { readonly status: 'authorized'; readonly grant: DeviceGrant; readonly answer: DeviceAnswer }
  | { readonly status: 'expired_token' };

/**
 * Returns the state of a grant, and changes nothing. The state precedes the rate limits: only polls of a pending or unknown
 * grant are counted, so no limit hides a decision.
 *
 * @throws ValetkeyError `rate_limited`
 */
export async function pollGrant(
  deviceCode: string,
  { ipAddress }: Pick<RequestContext, 'ipAddress'>,
  { store, deviceLimits, now }: Provider,
): Promise<GrantStatus> {
  const code = hashKey(deviceCode);
  const grant = await store.findGrant('deviceCode', code, now());
  if (grant?.state === 'denied') return { status: 'access_denied', grant };
  if (grant?.answer) return { status: 'authorized', grant, answer: parseDeviceAnswer(grant.answer) };
  await deviceLimits.count('poll', { ipAddress, code }, now());
  return grant?.state === 'pending'
    ? { status: 'authorization_pending', grant }
    : { status: 'expired_token' };
}

/** Lets the answer of this grant end 60 seconds after it was first sent. Call it before the answer is sent. */
export async function markAnswerSent(
  { deviceCodeHash }: DeviceGrant,
  { store, now }: Pick<Provider, 'store' | 'now'>,
): Promise<void> {
  await store.shortenAnswer(deviceCodeHash, now() + REPEAT_MS);
}
