import { ValetkeyError } from '@valetkey/protocol';
import { buildJsonPost, deviceUrl } from './device-start.ts';
import type { Login } from './login.ts';
import { membersOf, readJson, textOf } from './read-json.ts';
import { type HttpOptions, type SiteRequest, sendBuilt } from './send-request.ts';
import { readSiteRefusal } from './site-refusal.ts';

/** What a site says about a device code. */
export type DevicePollResult =
  | { readonly kind: 'pending' }
  /** The sealed payload, for `openLogin`. It comes once: after a minute the site has forgotten it. */
  | { readonly kind: 'authorized'; readonly payload: string }
  | { readonly kind: 'denied' }
  /** Too late, or the code is not known, or its answer was fetched already. */
  | { readonly kind: 'expired' }
  /** Nothing about the code: the site is overloaded, or wants to be asked less often. */
  | { readonly kind: 'busy'; readonly waitSeconds: number | null };

/** The question how a device code stands, for any HTTP client. @see PROTOCOL.md section 8 */
export function buildDevicePoll(login: Pick<Login, 'url'>, deviceCode: string): SiteRequest {
  return buildJsonPost(deviceUrl(login, 'device/poll.json'), { device_code: deviceCode });
}

/** Asks once how a device code stands. @throws {ValetkeyError} `site_unreachable` */
export function devicePollRequest(
  login: Pick<Login, 'url'>,
  deviceCode: string,
  options?: HttpOptions,
): Promise<Response> {
  return sendBuilt(buildDevicePoll(login, deviceCode), options);
}

/**
 * Judges the answer.
 *
 * @throws {SiteRefusal} if the site refuses to be asked at all
 * @throws {ValetkeyError} `site_answer_unexpected`
 * @see PROTOCOL.md section 8
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
  throw new ValetkeyError('site_answer_unexpected', { reason: 'it does not say how the device code stands' });
}

const KINDS: Readonly<Record<string, 'pending' | 'denied' | 'expired'>> = {
  authorization_pending: 'pending',
  access_denied: 'denied',
  expired_token: 'expired',
};
