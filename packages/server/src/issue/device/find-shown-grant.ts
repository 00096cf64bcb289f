import { ValetkeyError } from '@valetkey/protocol';
import { hashKey } from '../../core/key/hash-key.ts';
import type { DeviceGrant } from '../../ports/grant-store.ts';
import type { Session } from '../../ports/site.ts';
import type { Provider } from '../provider.ts';
import { evaluateDeviceRequest } from '../steps/evaluate-key-request.ts';
import type { ShownGrant } from './activation.ts';
import { describeDisplayedClient, parseStoredDeviceRequest } from './stored-device-request.ts';
import { parseUserCode } from './user-code.ts';

/** The user of a request and their IP address. */
export interface Visitor {
  readonly session: Session;
  readonly ipAddress: string;
}

/**
 * Returns the pending grant of a link; null if it is expired, decided, or bound to another user.
 *
 * @throws ValetkeyError `rate_limited`
 */
export async function findRequestedGrant(
  requestToken: string,
  visitor: Visitor,
  { store, deviceLimits, now }: Provider,
): Promise<DeviceGrant | null> {
  const token = hashKey(requestToken);
  const { session, ipAddress } = visitor;
  await deviceLimits.count('lookUp', { ipAddress, user: session.user.id, token }, now());
  const grant = await store.findGrant('requestToken', token, now());
  return grant && isOpenTo(grant, session) ? grant : null;
}

/**
 * Returns the pending grant of an entered code. Counts every attempt, also a correct one; all spellings of a code
 * count as one.
 *
 * @param requested the link’s grant, if there was a link: a code of another grant is wrong then
 * @throws ValetkeyError `rate_limited`
 */
export async function findTypedGrant(
  text: string,
  requested: DeviceGrant | null,
  visitor: Visitor,
  { store, deviceLimits, now }: Provider,
): Promise<DeviceGrant | 'invalid_code' | 'expired_code'> {
  const { session, ipAddress } = visitor;
  const normal = parseUserCode(text);
  const code = normal === null ? {} : { code: hashKey(normal) };
  await deviceLimits.count('codeTry', { ipAddress, user: session.user.id, ...code }, now());
  const grant = code.code === undefined ? null : await store.findGrant('userCode', code.code, now());
  if (!grant) return 'invalid_code';
  if (requested && requested.deviceCodeHash !== grant.deviceCodeHash) return 'invalid_code';
  return isOpenTo(grant, session) ? grant : 'expired_code';
}

const isOpenTo = ({ state, userId }: DeviceGrant, { user }: Session): boolean =>
  state === 'pending' && (userId === null || userId === user.id);

/**
 * Evaluates the grant again, for this user and with the current settings, which may have changed since the device’s
 * request.
 *
 * @throws ValetkeyError of the steps, `device_request_outdated`, `oauth_client_blocked`
 */
export async function evaluateGrant(
  grant: DeviceGrant,
  session: Session,
  provider: Provider,
): Promise<ShownGrant | 'no_trust_level'> {
  const asked = parseStoredDeviceRequest(grant.request ?? '');
  if (asked.oauth) await rejectBlockedClient(grant, provider);
  const decision = await evaluateDeviceRequest(asked.column, asked.parameters, session, provider);
  if (!decision.allowed) {
    if (decision.refusal.code === 'group_not_allowed') return 'no_trust_level';
    throw decision.refusal;
  }
  // The client was registered or deleted in the meantime: name and key may be another client’s.
  const app = describeDisplayedClient(decision.request);
  if (JSON.stringify(app) !== JSON.stringify(asked.app)) throw new ValetkeyError('device_request_outdated');
  return { asked, grant, request: decision.request };
}

/** An admin may have blocked the client since the request of the device. */
async function rejectBlockedClient({ clientId }: DeviceGrant, { store }: Provider): Promise<void> {
  const client = await store.findOauthClient(clientId);
  if (client && client.blockedAt !== null) throw new ValetkeyError('oauth_client_blocked');
}
