import { ValetkeyError } from '@valetkey/protocol';
import { hashKey } from '../../core/key/hash-key.ts';
import type { DeviceGrant } from '../../ports/grant-store.ts';
import type { Session } from '../../ports/site.ts';
import type { Provider } from '../provider.ts';
import { evaluateDeviceRequest } from '../steps/evaluate-key-request.ts';
import type { ShownGrant } from './activation.ts';
import { describeDisplayedClient, parseStoredDeviceRequest } from './stored-device-request.ts';
import { parseUserCode } from './user-code.ts';

/** Who is trying, and from where. */
export interface Visitor {
  readonly session: Session;
  readonly ipAddress: string;
}

/**
 * The pending grant of a link, as this person may see it; null if it is over, decided, or somebody else's.
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
 * The pending grant of a typed code. Every try counts, a right one too, and all spellings of a code are one.
 *
 * @param requested where the person came by a link: a code of another request is a wrong one
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
 * Judges the grant again, as things are now, and for this person: what was fine when the device asked may not be any more.
 *
 * @throws ValetkeyError what the steps refuse, `device_request_outdated`
 */
export async function evaluateGrant(
  grant: DeviceGrant,
  session: Session,
  provider: Provider,
): Promise<ShownGrant | 'no_trust_level'> {
  const asked = parseStoredDeviceRequest(grant.request ?? '');
  const decision = await evaluateDeviceRequest(asked.column, asked.parameters, session, provider);
  if (!decision.allowed) {
    if (decision.refusal.code === 'group_not_allowed') return 'no_trust_level';
    throw decision.refusal;
  }
  // Registered in between, or no longer: then name and key are somebody else's.
  const app = describeDisplayedClient(decision.request);
  if (JSON.stringify(app) !== JSON.stringify(asked.app)) throw new ValetkeyError('device_request_outdated');
  return { asked, grant, request: decision.request };
}
