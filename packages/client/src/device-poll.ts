import { ValetkeyError } from '@valetkey/protocol';
import { buildJsonPost, deviceUrl } from './device-start.ts';
import type { Login } from './login.ts';
import { membersOf, readJson, textOf } from './read-json.ts';
import { type HttpOptions, type SiteRequest, sendBuilt } from './send-request.ts';
import { readSiteRefusal } from './site-refusal.ts';

/** The result of polling for a device code. */
export type DevicePollResult =
  | { readonly kind: 'pending' }
  /** The encrypted payload, for `openLogin`. Sites delete it after one minute. */
  | { readonly kind: 'authorized'; readonly payload: string }
  | { readonly kind: 'denied' }
  /** The code expired, is unknown, or its result was already fetched. */
  | { readonly kind: 'expired' }
  /** No result: the site is overloaded or asks the client to slow down. */
  | { readonly kind: 'busy'; readonly waitSeconds: number | null };

/** Builds a poll request for any HTTP client. @see PROTOCOL.md#poll-a-device-request */
export function buildDevicePoll(login: Pick<Login, 'url'>, deviceCode: string): SiteRequest {
  return buildJsonPost(deviceUrl(login, 'device/poll.json'), { device_code: deviceCode });
}

/** Sends one poll request. @throws {ValetkeyError} `site_unreachable` */
export function devicePollRequest(
  login: Pick<Login, 'url'>,
  deviceCode: string,
  options?: HttpOptions,
): Promise<Response> {
  return sendBuilt(buildDevicePoll(login, deviceCode), options);
}

/**
 * Parses the response to a poll request.
 *
 * @throws {SiteRefusal} if the site rejects polling
 * @throws {ValetkeyError} `site_answer_unexpected`
 * @see PROTOCOL.md#poll-a-device-request
 */
export async function processDevicePoll(answer: Response): Promise<DevicePollResult> {
  if (!answer.ok) {
    const refusal = await readSiteRefusal(answer);
    const isPassing = answer.status === 429 || answer.status === 408 || answer.status >= 500;
    if (isPassing) return { kind: 'busy', waitSeconds: refusal.waitSeconds };
    throw refusal;
  }
  const { status, payload } = membersOf(await readJson(answer));
  const sealed = textOf(payload);
  if (status === 'authorized' && sealed !== null) return { kind: 'authorized', payload: sealed };
  const kind = KINDS[String(status)];
  if (kind) return { kind };
  throw new ValetkeyError('site_answer_unexpected', { reason: 'device_status_unknown' });
}

const KINDS: Readonly<Record<string, 'pending' | 'denied' | 'expired'>> = {
  authorization_pending: 'pending',
  access_denied: 'denied',
  expired_token: 'expired',
};
