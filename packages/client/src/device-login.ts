import { ValetkeyError } from '@valetkey/protocol';
import { type Clock, runWithin, systemClock } from './clock.ts';
import { type DevicePollResult, devicePollRequest, processDevicePoll } from './device-poll.ts';
import {
  type DevicePrompt,
  type DeviceStart,
  deviceStartRequest,
  processDeviceStart,
} from './device-start.ts';
import { createLogin, type GrantedKey, type Login, type LoginOptions, openLogin } from './login.ts';
import type { HttpOptions } from './send-request.ts';

/** Options of `deviceLogin`. */
export interface DeviceLoginOptions extends Omit<LoginOptions, 'authRedirect'>, HttpOptions {
  /** Shows code and URL to the user. Polling starts when it returns. */
  readonly onCode: (prompt: DevicePrompt) => void | Promise<void>;
  /** @default the clock of the runtime */
  readonly clock?: Clock | undefined;
}

/** Timeout of each request. After it, the request is repeated. */
const MAX_ANSWER_MS = 30_000;
/** How long a site stores the result of an approval. */
const ANSWER_KEPT_MS = 60_000;
/** Well below `ANSWER_KEPT_MS`, so that no result is missed. */
const MAX_BACKOFF_MS = 30_000;

/**
 * Gets a key without a browser or redirect on this device: the user types a code in a browser on any device.
 *
 * Polls no faster than the site allows. Retries after network errors, 429 and 5xx until the code expires, by a
 * monotonic clock.
 *
 * @throws {ValetkeyError} `access_denied` if the user declines, `expired_token` if the code expires,
 *   `site_has_no_device_flow`, `site_unreachable`, `site_answer_unexpected`, and the errors of `openLogin`; the
 *   signal's own reason if it aborts
 * @see PROTOCOL.md#device-flow
 * @example
 * const { key } = await deviceLogin({
 *   site, applicationName: 'My bot', scopes: ['read'],
 *   onCode: ({ userCode, verificationUri }) => show(`Open ${verificationUri} and type ${userCode}`),
 * });
 */
export async function deviceLogin(options: DeviceLoginOptions): Promise<GrantedKey> {
  const { onCode, clock = systemClock, fetch, signal, headers, ...asked } = options;
  const login = await createLogin(asked);
  // Taken before the request, so that the client never assumes a longer lifetime than the site.
  const askedAt = clock.now();
  const asking = { clock, fetch, signal, headers };
  const start = await ask(login, asking, async (network) =>
    processDeviceStart(await deviceStartRequest(login, network)),
  );
  const { deviceCode: _, intervalSeconds: __, ...prompt } = start;
  await onCode(prompt);
  const payload = await waitForPayload(login, start, askedAt, asking);
  return openLogin(login, payload, asked);
}

interface Asking extends HttpOptions {
  readonly clock: Clock;
}

/**
 * Sends one request and reads its response. @throws {ValetkeyError} `site_unreachable`, also after a timeout or an
 * incomplete body
 */
async function ask<T>(
  login: Login,
  { clock, signal, ...network }: Asking,
  question: (network: HttpOptions) => Promise<T>,
): Promise<T> {
  try {
    return await runWithin(clock, MAX_ANSWER_MS, signal, (within) =>
      question({ ...network, signal: within }),
    );
  } catch (error) {
    const { name } = error as Error;
    // A timeout or an incomplete body. Errors before the response are already ValetkeyErrors.
    if (signal?.aborted || !['TimeoutError', 'AbortError', 'TypeError'].includes(name)) throw error;
    const details = { site: login.url.origin, reason: 'timed_out' };
    throw new ValetkeyError('site_unreachable', details, { cause: error });
  }
}

/** Polls until there is a result, and once more after the code has expired, to get an approval of the last second. */
async function waitForPayload(
  login: Login,
  start: DeviceStart,
  askedAt: number,
  asking: Asking,
): Promise<string> {
  const { clock, signal } = asking;
  const deadline = askedAt + start.expiresInSeconds * 1000;
  const interval = start.intervalSeconds * 1000;
  let pause = interval;
  for (;;) {
    const askAt = clock.now() + pause;
    if (askAt > deadline + ANSWER_KEPT_MS) throw new ValetkeyError('expired_token');
    await clock.wait(pause, signal);
    const result = await askOnce(login, start.deviceCode, asking);
    if (result.kind === 'authorized') return result.payload;
    if (result.kind === 'denied') throw new ValetkeyError('access_denied');
    if (result.kind === 'expired') throw new ValetkeyError('expired_token');
    if (askAt >= deadline)
      throw result.kind === 'unreachable' ? result.error : new ValetkeyError('expired_token');
    pause = decidePause(result, pause, interval);
  }
}

type Attempt = DevicePollResult | { readonly kind: 'unreachable'; readonly error: ValetkeyError };

async function askOnce(login: Login, deviceCode: string, asking: Asking): Promise<Attempt> {
  try {
    return await ask(login, asking, async (network) =>
      processDevicePoll(await devicePollRequest(login, deviceCode, network)),
    );
  } catch (error) {
    const isUnreachable = error instanceof ValetkeyError && error.code === 'site_unreachable';
    if (isUnreachable && !asking.signal?.aborted) return { kind: 'unreachable', error };
    throw error;
  }
}

/** Returns the interval of the site, doubled after each failure (RFC 8628 section 3.5). */
function decidePause(result: Attempt, earlier: number, interval: number): number {
  if (result.kind === 'pending') return interval;
  if (result.kind === 'busy' && result.waitSeconds !== null)
    return Math.max(interval, result.waitSeconds * 1000);
  return Math.max(interval, Math.min(earlier * 2, MAX_BACKOFF_MS));
}
