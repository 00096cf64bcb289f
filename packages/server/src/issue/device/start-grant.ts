import type { RawParameters } from '@valetkey/protocol';
import { hashKey } from '../../core/key/hash-key.ts';
import type { RequestContext } from '../../ports/site.ts';
import type { Provider } from '../provider.ts';
import { evaluateKeyRequest, evaluateOauthDeviceRequest } from '../steps/evaluate-key-request.ts';
import type { KeyRequest } from '../steps/key-request.ts';
import { deriveBearerKey } from './bearer-key.ts';
import { POLL_INTERVAL_SECONDS } from './device-limits.ts';
import {
  describeDisplayedClient,
  formatGrantText,
  type StoredDeviceRequest,
  type StoredOauthDevice,
} from './stored-device-request.ts';
import { createUserCode, parseUserCode } from './user-code.ts';

const LIFETIME_SECONDS = 600;

/** The response to the device. Afterwards the codes exist as hashes only. */
export interface StartedGrant {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_with_request: string;
  readonly expires_in: number;
  readonly interval: number;
}

/**
 * Evaluates the request of a device and stores it for ten minutes (PROTOCOL.md#start-a-device-request). No URL
 * contains the code: following a link alone approves nothing.
 *
 * @throws ValetkeyError `rate_limited`, or the refusal by `evaluateKeyRequest`
 */
export async function startGrant(
  column: 'device' | 'bearer',
  raw: RawParameters,
  { ipAddress }: Pick<RequestContext, 'ipAddress'>,
  provider: Provider,
): Promise<StartedGrant> {
  await provider.deviceLimits.count('request', { ipAddress }, provider.now());
  const decision = await evaluateKeyRequest(column, raw, null, provider);
  if (!decision.allowed) throw decision.refusal;
  return saveNewGrant({ column, request: decision.request }, ipAddress, provider);
}

/**
 * Starts the request of an OAuth client that the caller has checked. An approval gives an OAuth grant.
 *
 * @throws ValetkeyError `rate_limited`, `app_blocked`, `user_api_keys_disabled`, `scope_not_allowed`, `expiry_invalid`,
 * `expiry_too_long`
 */
export async function startOauthGrant(
  {
    oauth,
    ...asked
  }: Parameters<typeof evaluateOauthDeviceRequest>[0] & { readonly oauth: StoredOauthDevice },
  { ipAddress }: Pick<RequestContext, 'ipAddress'>,
  provider: Provider,
): Promise<StartedGrant> {
  await provider.deviceLimits.count('request', { ipAddress }, provider.now());
  const decision = await evaluateOauthDeviceRequest(asked, provider);
  if (!decision.allowed) throw decision.refusal;
  return saveNewGrant({ column: 'oauth_device', request: decision.request, oauth }, ipAddress, provider);
}

interface EvaluatedRequest extends Pick<StoredDeviceRequest, 'column' | 'oauth'> {
  readonly request: Parameters<typeof describeDisplayedClient>[0] & Pick<KeyRequest, 'parameters'>;
}

async function saveNewGrant(
  { column, request, oauth }: EvaluatedRequest,
  createdFrom: string,
  { store, site, now, randomBytes }: Provider,
): Promise<StartedGrant> {
  const { parameters } = request;
  const createdAt = now();
  const random = (bytes: number) => Buffer.from(randomBytes(bytes));
  const deviceCode = random(32).toString('hex');
  const userCode = createUserCode(randomBytes);
  const requestToken = random(6).toString('base64url');
  const salt = random(16).toString('hex');
  const bearer = column === 'bearer' ? { keyHash: hashKey(deriveBearerKey(deviceCode, salt)), salt } : null;
  await store.saveGrant({
    deviceCodeHash: hashKey(deviceCode),
    userCodeHash: hashKey(parseUserCode(userCode) ?? ''),
    requestTokenHash: hashKey(requestToken),
    clientId: parameters.clientId,
    request: formatGrantText({
      column,
      parameters,
      app: describeDisplayedClient(request),
      bearer,
      ...(oauth && { oauth }),
    }),
    createdAt,
    createdFrom,
    expiresAt: createdAt + LIFETIME_SECONDS * 1000,
  });
  const verification_uri = `${site.baseUrl.replace(/\/$/, '')}/user-api-key/activate`;
  return {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri,
    verification_uri_with_request: `${verification_uri}?request=${requestToken}`,
    expires_in: LIFETIME_SECONDS,
    interval: POLL_INTERVAL_SECONDS,
  };
}
