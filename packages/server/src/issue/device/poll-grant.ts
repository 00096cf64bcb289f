import { hashKey } from '../../core/key/hash-key.ts';
import type { DeviceGrant } from '../../ports/grant-store.ts';
import type { RequestContext } from '../../ports/site.ts';
import type { Provider } from '../provider.ts';
import { type DeviceAnswer, parseDeviceAnswer } from './stored-device-request.ts';

/** How a device's request stands. What is unknown, over or fetched too late looks the same. */
export type GrantStatus =
  | { readonly status: 'authorization_pending'; readonly grant: DeviceGrant }
  | { readonly status: 'access_denied'; readonly grant: DeviceGrant }
  | { readonly status: 'authorized'; readonly grant: DeviceGrant; readonly answer: DeviceAnswer }
  | { readonly status: 'expired_token' };

/** Changes nothing: an answer that was lost on its way can be fetched again. @throws ValetkeyError `rate_limited` */
export async function pollGrant(
  deviceCode: string,
  { ipAddress }: Pick<RequestContext, 'ipAddress'>,
  { store, deviceLimits, now }: Provider,
): Promise<GrantStatus> {
  const code = hashKey(deviceCode);
  await deviceLimits.count('poll', { ipAddress, code }, now());
  const grant = await store.findGrant('deviceCode', code, now());
  if (grant?.state === 'pending') return { status: 'authorization_pending', grant };
  if (grant?.state === 'denied') return { status: 'access_denied', grant };
  if (!grant?.answer) return { status: 'expired_token' };
  return { status: 'authorized', grant, answer: parseDeviceAnswer(grant.answer) };
}
